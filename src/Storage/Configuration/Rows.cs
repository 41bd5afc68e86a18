namespace CallCenter.Storage.Configuration;

/// <summary>A row of a settings table; (Owner, Id) is its key.</summary>
internal abstract class SettingRow
{
    public required string Owner { get; init; }
    public required string Id { get; init; }
    public required long Version { get; init; }
}

internal sealed class TenantRow : SettingRow
{
    public required string Name { get; init; }
    public required string Domain { get; init; }
    public required string TimeZone { get; init; }
    public required string Language { get; init; }
    public required int Seats { get; init; }
    public required int? CallLimit { get; init; }
    public required bool Suspended { get; init; }
}

internal sealed class UserRow : SettingRow
{
    public required string Name { get; init; }
    public required int Role { get; init; }
    public required string PasswordHash { get; init; }
    public required string? Email { get; init; }
    public required bool Disabled { get; init; }
}

internal sealed class ApiKeyRow : SettingRow
{
    public required string Name { get; init; }
    public required int Role { get; init; }
    public required string SecretHash { get; init; }

    /// <summary>Unix ms.</summary>
    public required long? Expires { get; init; }

    /// <summary>JSON; null = all that the role may.</summary>
    public required string? Scopes { get; init; }
}

internal sealed class QueueRow : SettingRow
{
    public required string Name { get; init; }
    public required int RingSeconds { get; init; }
    public required bool Recording { get; init; }
    public required int AnnounceEverySeconds { get; init; }
    public required bool EndsWhenAgentLost { get; init; }
    public required string Music { get; init; }

    /// <summary>JSON.</summary>
    public required string Skills { get; init; }
    public required int Whisper { get; init; }
    public required string? WhisperPrompt { get; init; }
    public required bool AnnouncesStaffNumber { get; init; }
}

internal sealed class AgentRow : SettingRow
{
    public required string Name { get; init; }
    public required string User { get; init; }
    public required string Extension { get; init; }
    public required bool AutoSignIn { get; init; }
    public required int AfterCallSeconds { get; init; }
    public required int MaxMisses { get; init; }
    public required int RetryReject { get; init; }
    public required int RetryBusy { get; init; }
    public required int RetryNoAnswer { get; init; }
    public required int RetryUnreachable { get; init; }

    /// <summary>JSON: each queue with its tenant.</summary>
    public required string Queues { get; init; }

    /// <summary>JSON: how those are served that are not served in the usual way.</summary>
    public required string Profiles { get; init; }

    /// <summary>JSON.</summary>
    public required string Skills { get; init; }
    public required string? StaffNumber { get; init; }

    /// <summary>JSON: in each firm, of an agent of the operator.</summary>
    public required string StaffNumbers { get; init; }
}

internal sealed class ExtensionRow : SettingRow
{
    public required string? Agent { get; init; }
    public required string Ha1Md5 { get; init; }
    public required string Ha1Sha256 { get; init; }
    public required int Srtp { get; init; }
}

internal sealed class FlowRow : SettingRow
{
    public required string Name { get; init; }
    public required string Json { get; init; }
}

internal sealed class NumberRow : SettingRow
{
    public required string Display { get; init; }
    public required string Tenant { get; init; }
    public required string? Flow { get; init; }
    public required bool MayCallOut { get; init; }
}

internal sealed class TrunkRow : SettingRow
{
    /// <summary>JSON: CIDR blocks.</summary>
    public required string AcceptFrom { get; init; }
    public required string Target { get; init; }

    /// <summary>JSON: how it takes outbound calls; null = it takes none.</summary>
    public required string? Outbound { get; init; }

    public required bool Probe { get; init; }
    public required string? LoginUser { get; init; }

    /// <summary>Sealed.</summary>
    public required string? LoginPassword { get; init; }
}

/// <summary>A setting of which nothing is ever searched.</summary>
internal abstract class WholeRow : SettingRow
{
    /// <summary>JSON: the setting as a whole.</summary>
    public required string Json { get; init; }
}

internal sealed class DialRow : WholeRow;

internal sealed class DialCeilingRow : WholeRow;

internal sealed class HoursRow : WholeRow;

internal sealed class PromptRow : WholeRow;

internal sealed class TeamRow : WholeRow;

internal sealed class PresenceReasonsRow : WholeRow;

internal sealed class StationRulesRow : WholeRow;

internal sealed class AccessPolicyRow : WholeRow;

internal sealed class BrandingRow : WholeRow;

internal sealed class CustomDomainRow : SettingRow
{
    public required string Tenant { get; init; }
}

/// <summary>The key in it is sealed.</summary>
internal sealed class HostCertificateRow : WholeRow;

/// <summary>The client's secret in it is sealed.</summary>
internal sealed class IdentityProviderRow : WholeRow;

internal sealed class CallTypesRow : WholeRow;

internal sealed class WebCallRow : WholeRow;

internal sealed class ScriptCardRow : WholeRow;

internal sealed class CtiRow : WholeRow;
