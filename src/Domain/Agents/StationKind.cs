namespace CallCenter.Domain.Agents;

/// <summary>By what an agent talks.</summary>
public enum StationKind
{
    /// <summary>A SIP phone that is registered.</summary>
    Phone,
    /// <summary>A web page with its media path.</summary>
    Browser,
    /// <summary>An outside telephone number, called over the tenant's trunk at each offer.</summary>
    Number,
}
