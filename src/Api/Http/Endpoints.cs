namespace CallCenter.Api.Http;

/// <summary>What every resource says alike when it maps its endpoints.</summary>
internal static class Endpoints
{
    /// <summary>A group of endpoints of one resource.</summary>
    public static RouteGroupBuilder Resource(this IEndpointRouteBuilder api, string path, string tag) =>
        api.MapGroup(path).WithTags(tag).AddEndpointFilter<RouteGroupBuilder, FaultFilter>().AddEndpointFilter<RouteGroupBuilder, InForceFilter>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    public static RouteHandlerBuilder Demands(this RouteHandlerBuilder endpoint, Resource resource, Rights right) => endpoint.WithMetadata(new Demand(resource, right));

    public static RouteHandlerBuilder OpenToAll(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(Access.OpenToAll.Mark);
}
