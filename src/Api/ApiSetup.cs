using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CallCenter.Api.Colleagues;
using CallCenter.Api.Customers;
using CallCenter.Api.Desk;
using CallCenter.Api.Firms;
using CallCenter.Api.Floor;
using CallCenter.Api.Live;
using CallCenter.Api.Metrics;
using CallCenter.Api.OpenId;
using CallCenter.Api.Operator;
using CallCenter.Api.Pages;
using CallCenter.Api.Playback;
using CallCenter.Api.Prompts;
using CallCenter.Api.Resources;
using CallCenter.Api.SignIn;
using CallCenter.Api.Summaries;
using CallCenter.Api.Tables;
using CallCenter.Api.Teams;
using CallCenter.Api.WebCalls;
using CallCenter.Contracts.Access;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Api;

/// <summary>The api role: the public HTTP API of tenants and of the operator.</summary>
/// <remarks>
/// Needs of its host: <see cref="IConfigurationStore"/>, <see cref="IReports"/>, <see cref="IPersonal"/>, <see cref="ICommittedFacts"/>, <see cref="IErasure"/>, <see cref="Contracts.Customers.ICustomerBook"/>, <see cref="Contracts.Customers.ISummaryBook"/>, <see cref="IAuditLog"/>, <see cref="IAccessRecords"/>, <see cref="IRecordingReader"/>, <see cref="IPromptStudio"/>,
/// <see cref="ITenantCipher"/>, <see cref="IBlobs"/>, <see cref="IGrainFactory"/>, and health checks for <c>/healthz/ready</c>.
/// </remarks>
public static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Sessions>();
        services.AddSingleton<Standing>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<AccountTraces>();
        services.AddSingleton<FrontDoor>();
        services.AddSingleton<PasswordDesk>();
        services.TryAddSingleton<IMailer>(s => new SmtpMailer(options.Mail, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MailRoom>();
        services.AddHostedService(s => s.GetRequiredService<MailRoom>());
        services.AddSingleton<SignInGuard>();
        services.AddOpenId(options);
        services.AddSingleton<ServedFirm>();
        services.AddSingleton<Switchboard>();
        services.AddSingleton<BreakDoor>();
        services.AddSingleton<StationDesk>();
        services.AddSingleton<PlaybackLog>();
        services.AddSingleton<Waveforms>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<VisitorDoor>();
        services.AddSingleton<VisitorDesk>();
        services.AddHealthChecks();
        services.AddProblemDetails(problem => problem.CustomizeProblemDetails = AddCode);
        services.Configure<RouteOptions>(routes => routes.ConstraintMap[IdConstraint.Name] = typeof(IdConstraint));
        services.Configure<JsonOptions>(json => Configure(json.SerializerOptions));
        services.Configure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        services.AddLive(Configure);
        services.AddOpenApi("v1", document => document.AddDocumentTransformer(ApiDocument.Describe).AddOperationTransformer(ApiDocument.DescribeOperation).AddSchemaTransformer(ApiSchemas.Describe));
        return services;
    }

    public static WebApplication MapApi(this WebApplication app)
    {
        app.Services.GetRequiredService<MetricsCollector>(); // counts from the start on, not from the first look
        app.UseForwardedHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = Status });
        app.UseStatusCodePages();
        app.UseMiddleware<Gatekeeper>();
        app.UseMiddleware<LiveDoor>();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealth();
        app.MapLive();
        var api = app.MapGroup("/api/v1");
        MapTenants(api);
        MapPeople(api);
        MapOperators(api);
        if (app.Services.GetRequiredService<ApiOptions>().Portal is { } portal) app.MapPortal(portal).MapVisitorPage(portal);
        return app;
    }

    private static void MapTenants(RouteGroupBuilder api)
    {
        api.MapSession();
        api.MapSessionLists();
        api.MapAccessPolicy();
        api.MapIdentityProvider();
        api.MapAudit();
        api.MapUsers();
        api.MapSecondFactorOfUsers();
        api.MapProviderPeople();
        api.MapApiKeys();
        api.MapAgents();
        api.MapTeams();
        api.MapReasons();
        api.MapHelp();
        api.MapQueues();
        api.MapFloor();
        api.MapNumbers();
        api.MapDialling();
        api.MapFlows();
        api.MapHours();
        api.MapPrompts();
        api.MapExtensions();
        api.MapCalls();
        api.MapConversations();
        api.MapDirectory();
        api.MapStation();
        api.MapStationRules();
        api.MapOffers();
        api.MapCti();
        api.MapTables();
        api.MapRecordings();
        api.MapErasures();
        api.MapVoicemails();
        api.MapReveals();
        api.MapBranding();
        api.MapBrand();
        api.MapDomains();
        api.MapWebCalls();
    }

    /// <summary>Who calls, and what agents write down of it.</summary>
    private static void MapPeople(RouteGroupBuilder api)
    {
        api.MapCustomers();
        api.MapCallCustomers();
        api.MapCustomerTables();
        api.MapSummaries();
        api.MapCallTypes();
        api.MapScripts();
        api.MapMarks();
    }

    private static void MapOperators(RouteGroupBuilder api)
    {
        api.MapOperatorTenants();
        api.MapOperatorDialling();
        api.MapOperatorNumbers();
        api.MapOperatorTrunks();
        api.MapTrunkHealth();
        api.MapOperatorEdges();
        api.MapOperatorAgents();
    }

    /// <summary>camelCase, enums as camelCase words (never numbers), and nothing that we do not know.</summary>
    private static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.PropertyNameCaseInsensitive = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static int Status(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        StorageOutageException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Problems that the framework itself makes (404 on an unknown path, 405, 413, 500) have a code too.</summary>
    private static void AddCode(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var status = problem.Status ?? context.HttpContext.Response.StatusCode;
        if (context.Exception is StorageOutageException)
            context.HttpContext.Response.Headers.RetryAfter = StorageOutageException.RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        problem.Extensions.TryAdd("code", JsonNamingPolicy.CamelCase.ConvertName(ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal)));
    }
}
