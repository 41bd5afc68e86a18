namespace CallCenter.Edge.Stations;

/// <summary>The browsers that are stations of agents, and have their media here. Lives on the loop.</summary>
sealed class BrowserPaths(EdgeCore edge)
{
    readonly Dictionary<(TenantId Tenant, string Extension), BrowserPath> paths = [];

    public int Count => paths.Count;

    public BrowserPath? Find(TenantId tenant, string extension) => paths.GetValueOrDefault((tenant, extension));

    /// <summary>Of a station as the calls of a tenant name it.</summary>
    public BrowserPath? Known(TenantId tenant, string station)
    {
        var (owner, name) = OperatorsName.Of(tenant, station);
        return Find(owner, name);
    }

    BrowserPath? Find(PathName name) => Find(name.Tenant, name.Extension) is { } path && path.Connection == name.Connection ? path : null;

    /// <summary>The station's grain says whose it is; what two browsers ask for at once is decided there.</summary>
    public async Task<PathAnswer> Open(PathWish wish)
    {
        var path = Find(wish.Tenant, wish.Extension) ?? new(edge, this, wish.Tenant, wish.Extension);
        if (path.Media is null && !path.TryOpen()) return new(PathRefusal.NoMedia);
        if (path.Read(wish.Sdp) is not { } offer) return Refuse(path, PathRefusal.BadOffer);
        var connection = Guid.CreateVersion7().ToString("n");
        BrowserGrant grant;
        try
        {
            grant = await edge.Grains.Station(wish.Tenant, wish.Extension).Connect(new(edge.Id, edge.Epoch, connection, wish.Client, edge.Now), wish.Take);
        }
        catch (Exception)
        {
            Refuse(path, PathRefusal.None);
            throw;
        }
        if (path.IsClosed) return new(PathRefusal.Gone); // given up while we asked: the browser comes again
        if (grant.Refusal != PathRefusal.None) return Refuse(path, grant.Refusal, grant.Since);
        var present = Find(wish.Tenant, wish.Extension);
        if (present != path && present is not null) // another browser was faster to open it
        {
            Refuse(path, PathRefusal.None);
            (path, offer) = (present, present.Read(wish.Sdp)!);
        }
        else if (present is null) paths.Add((wish.Tenant, wish.Extension), path);
        return path.Grant > grant.Number ? new(PathRefusal.Taken) : new(PathRefusal.None, connection, path.Accept(offer, connection, grant));
    }

    PathAnswer Refuse(BrowserPath path, PathRefusal why, DateTimeOffset? since = null)
    {
        if (Find(path.Tenant, path.Extension) != path) path.Media.Close(); // opened for nothing
        return new(why, Since: since);
    }

    public PathAnswer Restart(PathName name, string sdp)
    {
        if (Find(name) is not { } path) return new(PathRefusal.Gone);
        return path.Restart(sdp) is { } answer ? new(PathRefusal.None, name.Connection, answer) : new(PathRefusal.BadOffer);
    }

    public PathRefusal Echo(PathName name, bool on)
    {
        if (Find(name) is not { } path) return PathRefusal.Gone;
        if (path.IsInCall) return PathRefusal.InCall;
        path.Media.Echo(on);
        return PathRefusal.None;
    }

    /// <summary>A browser that leaves while it talks hangs up.</summary>
    public PathRefusal Close(PathName name)
    {
        if (Find(name) is not { } path) return PathRefusal.Gone;
        path.Close(LegEndedBy.FarEnd);
        return PathRefusal.None;
    }

    public bool Remove(BrowserPath path)
    {
        if (Find(path.Tenant, path.Extension) != path) return false;
        return paths.Remove((path.Tenant, path.Extension));
    }
}
