using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Configures the silo of a host.</summary>
public interface ISiloBuilder
{
    IServiceCollection Services { get; }
    IConfiguration Configuration { get; }
}

/// <summary>Configures a client in a host without silo.</summary>
public interface IClientBuilder
{
    IServiceCollection Services { get; }
    IConfiguration Configuration { get; }
}

sealed record SiloBuilder(IServiceCollection Services, IConfiguration Configuration) : ISiloBuilder;

sealed record ClientBuilder(IServiceCollection Services, IConfiguration Configuration) : IClientBuilder;
