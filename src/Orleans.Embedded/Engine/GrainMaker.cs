using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>Constructs grains of one class. A service scope is opened only where a constructor argument needs one.</summary>
sealed class GrainMaker
{
    readonly ConstructorInvoker constructor;
    readonly Func<Activation, IServiceProvider, object?>[] arguments;
    readonly bool scoped;

    internal GrainMaker(Type type, ScopeNeeds scopeNeeds)
    {
        var chosen = Choose(type);
        constructor = ConstructorInvoker.Create(chosen);
        arguments = [.. chosen.GetParameters().Select(Argument)];
        scoped = chosen.GetParameters().Any(p => scopeNeeds.Needs(p.ParameterType));
    }

    internal object Make(Activation activation)
    {
        var services = scoped ? activation.OpenScope() : activation.Silo.Services;
        var values = new object?[arguments.Length];
        for (int i = 0; i < values.Length; i++) values[i] = arguments[i](activation, services);
        return constructor.Invoke(values.AsSpan());
    }

    static ConstructorInfo Choose(Type type)
    {
        var all = type.GetConstructors();
        return all.FirstOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? all.MaxBy(c => c.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"Grain class {type} has no public constructor.");
    }

    static Func<Activation, IServiceProvider, object?> Argument(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state) return PersistentState(parameter, state);
        if (type == typeof(IGrainContext)) return (activation, _) => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return (_, services) => ((IKeyedServiceProvider)services).GetRequiredKeyedService(type, keyed.Key);
        }
        return parameter.HasDefaultValue
            ? (_, services) => services.GetService(type) ?? parameter.DefaultValue
            : (_, services) => services.GetRequiredService(type);
    }

    static Func<Activation, IServiceProvider, object?> PersistentState(ParameterInfo parameter, PersistentStateAttribute named)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException($"{parameter.Member.DeclaringType}: parameter {parameter.Name} has [PersistentState] and is no IPersistentState<T>.");
        }
        var bridge = ConstructorInvoker.Create(typeof(StateBridge<>).MakeGenericType(type.GetGenericArguments()).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0]);
        return (activation, services) => bridge.Invoke(activation, StateStorage.Find(services, named.StorageName, activation.GrainId), named.StateName);
    }
}

/// <summary>Tells which services live in a scope, as far as the registrations tell.</summary>
sealed class ScopeNeeds(IServiceCollection registered)
{
    readonly ILookup<Type, ServiceDescriptor> byType = registered.ToLookup(d => d.ServiceType);

    internal bool Needs(Type service) => Needs(service, []);

    bool Needs(Type service, HashSet<Type> seen)
    {
        if (!seen.Add(service)) return false;
        var found = byType[service].LastOrDefault() ?? (service.IsGenericType ? byType[service.GetGenericTypeDefinition()].LastOrDefault() : null);
        if (found is null || found.Lifetime == ServiceLifetime.Singleton) return false;
        if (found.Lifetime == ServiceLifetime.Scoped) return true;
        var made = found.IsKeyedService ? found.KeyedImplementationType : found.ImplementationType;
        return made?.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => Needs(p.ParameterType, seen)) == true;
    }
}
