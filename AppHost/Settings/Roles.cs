namespace CallCenter.AppHost.Settings;

/// <summary>What a process does. The embedded grain runtime needs all of them in one process.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Edge = 1,
    Silo = 2,
    Api = 4,
    Gateway = 8,
    All = Edge | Silo | Api | Gateway,
}
