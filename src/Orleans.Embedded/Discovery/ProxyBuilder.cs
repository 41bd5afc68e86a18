using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Discovery;

/// <summary>
/// Makes, once per interface, the class of its references and one request class per method:
/// <c>Task&lt;R&gt; M(A a, B b) => Call(new M_Request(a, b))</c>.
/// </summary>
static class ProxyBuilder
{
    internal delegate GrainReference Maker(Cluster cluster, GrainId id);

    static readonly ConcurrentDictionary<Type, Maker> Made = [];
    static readonly Lock Gate = new(); // a module is built by one thread at a time
    static readonly AssemblyBuilder Assembly = AssemblyBuilder.DefineDynamicAssembly(new("Orleans.Embedded.Proxies"), AssemblyBuilderAccess.Run);
    static readonly ModuleBuilder Module = Assembly.DefineDynamicModule("Proxies");
    static readonly HashSet<string> Open = [];
    static readonly Type[] Identity = [typeof(Cluster), typeof(GrainId)];
    static readonly ConstructorInfo ReferenceBase = typeof(GrainReference).GetConstructor(Private, Identity)!;
    static readonly MethodInfo[] Calls = [.. typeof(GrainReference).GetMethods(Private).Where(m => m.Name == nameof(GrainReference.Call)).OrderBy(m => m.GetParameters().Length)];
    static readonly MethodInfo PassableArgument = typeof(GrainReference).GetMethod(nameof(GrainReference.Passable), BindingFlags.NonPublic | BindingFlags.Static)!;
    static int serial;

    const BindingFlags Private = BindingFlags.NonPublic | BindingFlags.Instance;
    const MethodAttributes Override = MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.NewSlot | MethodAttributes.Virtual | MethodAttributes.Final;

    internal static Maker For(Type face) => Made.TryGetValue(face, out var maker) ? maker : Build(face);

    static Maker Build(Type face)
    {
        lock (Gate)
        {
            if (Made.TryGetValue(face, out var made)) return made;
            OpenAccess(typeof(ProxyBuilder).Assembly);
            OpenAccess(face);
            var type = Module.DefineType($"{face.Name}_Reference{++serial}", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [face]);
            var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, Identity);
            var il = constructor.GetILGenerator();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Call, ReferenceBase);
            il.Emit(OpCodes.Ret);
            foreach (var method in GrainInterface.Methods(face)) DefineCall(type, method, DefineRequest(face, method));
            var maker = MakerOf(type.CreateType());
            return Made[face] = maker;
        }
    }

    static Maker MakerOf(Type type)
    {
        var make = new DynamicMethod("Make", typeof(GrainReference), Identity, type.Module, skipVisibility: true);
        var il = make.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, type.GetConstructor(Identity)!);
        il.Emit(OpCodes.Ret);
        return make.CreateDelegate<Maker>();
    }

    /// <summary>The request class: a public field per argument, and the call. Returns its constructor.</summary>
    static ConstructorInfo DefineRequest(Type face, MethodInfo method)
    {
        var parent = typeof(Request<>).MakeGenericType(GrainInterface.ResultOf(method));
        var type = Module.DefineType($"{face.Name}_{method.Name}_Request{++serial}", TypeAttributes.Public | TypeAttributes.Sealed, parent);
        var parameters = method.GetParameters();
        var fields = parameters.Select((p, i) => type.DefineField($"{i}_{p.Name}", p.ParameterType, FieldAttributes.Public)).ToArray();
        var model = type.DefineField("Model", typeof(MethodModel), FieldAttributes.Public | FieldAttributes.Static);
        DefineConstructor(type, parent, fields);
        DefineInvoke(type, method, fields);
        var getter = type.DefineMethod("get_Method", MethodAttributes.FamORAssem | MethodAttributes.HideBySig | MethodAttributes.Virtual, typeof(MethodModel), Type.EmptyTypes);
        var il = getter.GetILGenerator();
        il.Emit(OpCodes.Ldsfld, model);
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(getter, typeof(Request).GetProperty(nameof(Request.Method), Private)!.GetMethod!);
        var made = type.CreateType();
        made.GetField("Model")!.SetValue(null, new MethodModel(face, method));
        return made.GetConstructors()[0];
    }

    static void DefineConstructor(TypeBuilder type, Type parent, FieldBuilder[] fields)
    {
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [.. fields.Select(f => f.FieldType)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, parent.GetConstructors(Private)[0]);
        for (int i = 0; i < fields.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg, i + 1);
            il.Emit(OpCodes.Stfld, fields[i]);
        }
        il.Emit(OpCodes.Ret);
    }

    static void DefineInvoke(TypeBuilder type, MethodInfo method, FieldBuilder[] fields)
    {
        var invoke = type.DefineMethod(nameof(Request.Invoke), MethodAttributes.FamORAssem | MethodAttributes.HideBySig | MethodAttributes.Virtual, typeof(Task), [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }
        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType == typeof(void)) il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        else if (method.ReturnType.IsValueType)
        {
            var local = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(invoke, typeof(Request).GetMethod(nameof(Request.Invoke), Private)!);
    }

    static void DefineCall(TypeBuilder type, MethodInfo method, ConstructorInfo request)
    {
        var parameters = method.GetParameters();
        var call = type.DefineMethod($"{method.DeclaringType!.Name}.{method.Name}", Override, method.ReturnType, [.. parameters.Select(p => p.ParameterType)]);
        var il = call.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        int token = -1;
        for (int i = 0; i < parameters.Length; i++)
        {
            var kind = parameters[i].ParameterType;
            il.Emit(OpCodes.Ldarg, i + 1);
            if (kind == typeof(CancellationToken)) token = i;
            else if (kind.IsInterface && kind.IsAssignableTo(typeof(IAddressable))) il.Emit(OpCodes.Call, PassableArgument.MakeGenericMethod(kind));
        }
        il.Emit(OpCodes.Newobj, request);
        if (token >= 0) il.Emit(OpCodes.Ldarg, token + 1);
        var result = GrainInterface.ResultOf(method);
        il.Emit(OpCodes.Call, Calls[token < 0 ? 0 : 1].MakeGenericMethod(result));
        if (method.ReturnType == typeof(void)) il.Emit(OpCodes.Pop);
        else if (method.ReturnType == typeof(ValueTask)) il.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
        else if (method.ReturnType.IsValueType) il.Emit(OpCodes.Newobj, method.ReturnType.GetConstructor([typeof(Task<>).MakeGenericType(result)])!);
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(call, method);
    }

    static void OpenAccess(Type face)
    {
        OpenAccess(face.Assembly);
        foreach (var argument in face.GenericTypeArguments) OpenAccess(argument);
        foreach (var method in GrainInterface.Methods(face))
        {
            OpenAccess(method.DeclaringType!.Assembly);
            foreach (var type in method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType)) OpenAll(type);
        }

        static void OpenAll(Type type)
        {
            OpenAccess(type.Assembly);
            foreach (var argument in type.GenericTypeArguments) OpenAll(argument);
            if (type.GetElementType() is { } element) OpenAll(element);
        }
    }

    /// <summary>Lets the made classes use internal types, as the code generated into the assembly itself would.</summary>
    static void OpenAccess(Assembly assembly)
    {
        if (!Open.Add(assembly.GetName().Name!)) return;
        var attribute = typeof(System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        Assembly.SetCustomAttribute(new CustomAttributeBuilder(attribute, [assembly.GetName().Name!]));
    }
}
