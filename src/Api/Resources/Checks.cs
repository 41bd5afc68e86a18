namespace CallCenter.Api.Resources;

internal static class Checks
{
    public static Items<Fault> Of(ISetting setting) => [];
}
