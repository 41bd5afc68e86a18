namespace CallCenter.Api.Http;

/// <summary>Ids in a path are 1–64 of a–z, 0–9 and "-" (<c>{queue:id}</c>); any other path is not found.</summary>
internal sealed class IdConstraint : IRouteConstraint
{
    public const string Name = "id";

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out var value) && value is string id && QueueId.TryParse(id, null, out _);
}
