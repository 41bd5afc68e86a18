using CallCenter.Api;
using CallCenter.AppHost.Demo;
using CallCenter.AppHost.Rehearsals;
using CallCenter.AppHost.Running;
using CallCenter.AppHost.Settings;
using CallCenter.Contracts.Configuration;
using CallCenter.Contracts.Edges;
using CallCenter.Edge;
using CallCenter.Gateway;
using CallCenter.Grains;
using CallCenter.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

var time = AnchoredTime.Instance;
var begun = time.GetTimestamp();
using var signals = new Signals();
var verb = Verb.Of(args);
var configuration = Hosts.Configuration(verb.Settings);
var read = new SettingsReader(configuration);
var settings = HostSettings.Read(read);
var storage = Storages.Read(settings, read);
if (StartFaults.Of(read, storage, configuration) is { Count: > 0 } faults) return StartFaults.Tell(faults);

try
{
    if (verb is { Name: "openapi", Place: { } file }) return await ApiDescription.Write(configuration, file);
    if (verb.Name is { } name) return Verbs.Run(verb, name, storage);
    StorageMigrator.Migrate(storage);
    using var telemetry = Telemetry.Start(configuration);
    using var collections = new Collections(time);

    //  caller ── SIP/RTP ──► EDGE ──► GRAINS ──► JOURNAL
    var core = Hosts.Core(configuration);
    core.Services.AddStorage(storage);
    if (settings.Roles.HasFlag(Roles.Silo)) core.UseOrleans(silo => silo.UseLocalhostClustering().AddGrains());
    else core.UseOrleansClient();
    if (settings.Roles.HasFlag(Roles.Edge)) core.Services.AddEdge(core.Configuration);
    using var engine = core.Build();

    var store = engine.Services.GetRequiredService<IConfigurationStore>();
    var wasEmpty = await store.IsEmpty();
    var hasDemo = await DemoData.Ensure(store, settings.Demo);
    if (hasDemo && wasEmpty) Banner.Created(settings.Demo);
    await FirstOperator.Ensure(store, settings.OperatorPassword);
    if (hasDemo && settings.ReachesOut) settings.CheckDemo(read, await DemoData.PasswordIsKnown(store));
    settings.CheckTesting(read, hasDemo);
    if (read.Faults is { Count: > 0 } exposed) return StartFaults.Tell(exposed);
    if (hasDemo) settings.BindToLoopback(core.Configuration);

    var started = new Started();
    var edges = engine.Services.GetService<IEdges>();
    collections.Watch(edges);
    var drain = new Drain(edges, time);
    await engine.StartAsync();
    started.Core = true;

    //  browser ──► GATEWAY ──► API ──► GRAINS and records
    var apiBuilder = Hosts.Web(configuration);
    apiBuilder.ListenOnLoopback(settings.Http.ApiPort);
    apiBuilder.Services.Borrow(engine.Services).AddApi(new() { SessionKey = KeyFile.SessionKey(storage.Path, settings.SessionKey), Portal = Portal.Folder, Mail = settings.Mail, PublicAddress = settings.PublicAddress, OperatorHosts = ["localhost", settings.Demo.Domain], ProviderNetworks = settings.ReachForProviders(hasDemo) }).AddReadiness(engine.Services, started, drain);
    await using var api = apiBuilder.Build().MapApi();
#if !ORLEANS_PACKAGES
    if (settings.TestHooks) api.MapTestHooks(engine.Services);
#endif
    await api.StartAsync();

    var gatewayBuilder = Hosts.Web(configuration);
    gatewayBuilder.ListenForClients(settings.Http, settings.Addresses["Http:BindAddress"], onlyLoopback: hasDemo);
    gatewayBuilder.Services.Borrow(engine.Services).AddGateway(new() { Api = new(api.Urls.First()), OperatorHosts = [settings.Demo.Domain], Portal = Portal.Folder is not null, HttpsPort = settings.Http.Redirect ? settings.Http.TlsPort : null, RequestsPerAddress = settings.Http.RequestsPerAddress, RequestsPerTenant = settings.Http.RequestsPerTenant });
    await using var gateway = gatewayBuilder.Build().MapGateway();
    await gateway.StartAsync();

    var log = engine.Services.GetRequiredService<ILoggerFactory>().CreateLogger("CallCenter.AppHost");
    Banner.Addresses(settings, gateway.Urls, edges?.SipAddress, hasDemo);
    log.Started((long)time.GetElapsedTime(begun).TotalMilliseconds);
    Banner.Ready();
#if !ORLEANS_PACKAGES
    await using var backstage = new Backstage(engine.Services, settings.RehearsedCalls, lends: storage.Postgres is null, time, log);
#endif

    if (await Task.WhenAny(signals.Asked, Crash.Of(engine)) != signals.Asked) return Crash.Tell();
#if !ORLEANS_PACKAGES
    await backstage.DisposeAsync();
#endif
    log.Draining(edges?.LiveCalls ?? 0, settings.DrainTimeout);
    if (await drain.Run(settings.DrainTimeout) is > 0 and var left) log.CutOff(left);
    await gateway.StopAsync();
    await api.StopAsync();
    await engine.StopAsync();
    log.Stopped();
    return 0;
}
catch (Exception fault) when (Outage.Explains(fault))
{
    return Outage.Tell(fault);
}
