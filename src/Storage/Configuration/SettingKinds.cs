using System.Collections.Frozen;
using System.Text.Json;
using CallCenter.Domain.Desk;
using CallCenter.Domain.Hours;
using CallCenter.Domain.Prompts;
using CallCenter.Domain.Summaries;
using CallCenter.Domain.Teams;

namespace CallCenter.Storage.Configuration;

/// <summary>Every kind of setting: its table, and how a setting becomes a row and a row a setting.</summary>
internal static class SettingKinds
{
    public static readonly FrozenDictionary<Type, SettingKind> All = new SettingKind[]
    {
        new SettingKind<TenantSettings, TenantRow>("tenants",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Name = s.Name, Domain = Domain(s.Domain), TimeZone = s.TimeZone, Language = s.Language, Seats = s.Seats, CallLimit = s.CallLimit, Suspended = s.Suspended },
            r => new(new(r.Id), r.Name, r.Domain, r.TimeZone, r.Language, r.Seats, r.CallLimit, r.Version, r.Suspended)),
        new SettingKind<UserAccount, UserRow>("users",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Name = s.Name, Role = (int)s.Role, PasswordHash = s.PasswordHash.Value, Email = s.Email, Disabled = s.Disabled },
            r => new(new(r.Owner), r.Id, r.Name, (Role)r.Role, new(r.PasswordHash), r.Version, r.Email, r.Disabled), nameof(UserRow.Name), nameof(UserRow.Email)),
        new SettingKind<ApiKey, ApiKeyRow>("api_keys",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Name = s.Name, Role = (int)s.Role, SecretHash = s.SecretHash.Value, Expires = s.Expires?.ToUnixTimeMilliseconds(), Scopes = s.Scopes.IsEmpty ? null : Json(s.Scopes) },
            r => new(new(r.Owner), r.Id, r.Name, (Role)r.Role, new(r.SecretHash), r.Expires is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, r.Version, r.Scopes is { } scopes ? From<string>(scopes) : [])),
        new SettingKind<QueueSettings, QueueRow>("queues",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Name = s.Name, RingSeconds = s.RingSeconds, Recording = s.Recording, AnnounceEverySeconds = s.AnnounceEverySeconds, Music = s.Music, EndsWhenAgentLost = s.EndsWhenAgentLost, Skills = Json(s.Skills), Whisper = (int)s.Whisper, WhisperPrompt = s.WhisperPrompt, AnnouncesStaffNumber = s.AnnouncesStaffNumber },
            r => new(new(r.Owner), new(r.Id), r.Name, r.RingSeconds, r.Recording, r.AnnounceEverySeconds, r.Music, r.Version, r.EndsWhenAgentLost, From<SkillLevel>(r.Skills), (QueueWhisper)r.Whisper, r.WhisperPrompt, r.AnnouncesStaffNumber), nameof(QueueRow.Name)),
        new SettingKind<AgentSettings, AgentRow>("agents",
            (s, v) => new()
            {
                Owner = s.Owner.Value, Id = s.Id, Version = v, Name = s.Name, User = s.User, Extension = s.Extension, AutoSignIn = s.AutoSignIn, AfterCallSeconds = s.AfterCallSeconds, MaxMisses = s.MaxMisses,
                RetryReject = s.RetryDelays.Reject, RetryBusy = s.RetryDelays.Busy, RetryNoAnswer = s.RetryDelays.NoAnswer, RetryUnreachable = s.RetryDelays.Unreachable, Queues = Json(s.Queues), Profiles = Json(s.Profiles), Skills = Json(s.Skills), StaffNumber = s.StaffNumber, StaffNumbers = Json(s.StaffNumbers),
            },
            r => new(new(r.Owner), new(r.Id), r.Name, r.User, r.Extension, r.AutoSignIn, r.AfterCallSeconds, r.MaxMisses, new(r.RetryReject, r.RetryBusy, r.RetryNoAnswer, r.RetryUnreachable), From<QueueRef>(r.Queues), r.Version, From<QueueProfile>(r.Profiles), From<SkillLevel>(r.Skills), r.StaffNumber, From<FirmStaffNumber>(r.StaffNumbers)), nameof(AgentRow.Name), nameof(AgentRow.User), nameof(AgentRow.Extension), nameof(AgentRow.StaffNumber)),
        new SettingKind<ExtensionSettings, ExtensionRow>("extensions",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Agent = s.Agent?.Value, Ha1Md5 = s.Ha1Md5.Value, Ha1Sha256 = s.Ha1Sha256.Value, Srtp = (int)s.Srtp },
            r => new(new(r.Owner), r.Id, r.Agent is { } agent ? new AgentId(agent) : null, new(r.Ha1Md5), new(r.Ha1Sha256), r.Version, (SrtpUse)r.Srtp)),
        new SettingKind<FlowSettings, FlowRow>("flows",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Name = s.Name, Json = s.Json },
            r => new(new(r.Owner), new(r.Id), r.Name, r.Json, r.Version)),
        new SettingKind<NumberSettings, NumberRow>("numbers",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Display = s.Display, Tenant = s.Tenant.Value, Flow = s.Flow?.Value, MayCallOut = s.MayCallOut },
            r => new(r.Id, r.Display, new(r.Tenant), r.Flow is { } flow ? new FlowId(flow) : null, r.Version, r.MayCallOut)),
        new SettingKind<TrunkSettings, TrunkRow>("trunks",
            (s, v) => new()
            {
                Owner = s.Owner.Value, Id = s.Id, Version = v, AcceptFrom = Json(s.AcceptFrom), Target = s.Target, Outbound = s.Outbound is { } outbound ? JsonSerializer.Serialize(outbound, JsonSerializerOptions.Web) : null,
                LoginUser = s.Login?.User, LoginPassword = s.Login?.Password.Value, Probe = s.Probe,
            },
            r => new(r.Id, From<string>(r.AcceptFrom), r.Target, r.Version, r.Outbound is { } outbound ? JsonSerializer.Deserialize<TrunkOutbound>(outbound, JsonSerializerOptions.Web) : null, r.LoginUser is { } user ? new(user, new(r.LoginPassword ?? "")) : null, r.Probe)),
        new SettingKind<DialSettings, DialRow>("dial_settings",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<DialSettings>(r.Json) with { Version = r.Version }),
        new SettingKind<DialCeiling, DialCeilingRow>("dial_ceilings",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<DialCeiling>(r.Json) with { Version = r.Version }),
        new SettingKind<HoursSettings, HoursRow>("hours",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<HoursSettings>(r.Json) with { Version = r.Version }),
        new SettingKind<PromptSettings, PromptRow>("prompts",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<PromptSettings>(r.Json) with { Version = r.Version }),
        new SettingKind<TeamSettings, TeamRow>("teams",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<TeamSettings>(r.Json) with { Version = r.Version }),
        new SettingKind<PresenceReasons, PresenceReasonsRow>("presence_reasons",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<PresenceReasons>(r.Json) with { Version = r.Version }),
        new SettingKind<StationRules, StationRulesRow>("station_rules",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<StationRules>(r.Json) with { Version = r.Version }),
        new SettingKind<AccessPolicy, AccessPolicyRow>("access_policies",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<AccessPolicy>(r.Json) with { Version = r.Version }),
        new SettingKind<Branding, BrandingRow>("brandings",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<Branding>(r.Json) with { Version = r.Version }),
        new SettingKind<CustomDomain, CustomDomainRow>("custom_domains",
            (s, v) => new() { Owner = s.Owner.Value, Id = Domain(s.Id), Version = v, Tenant = s.Tenant.Value },
            r => new(r.Id, new(r.Tenant), r.Version)),
        new SettingKind<HostCertificate, HostCertificateRow>("host_certificates",
            (s, v) => new() { Owner = s.Owner.Value, Id = Domain(s.Id), Version = v, Json = Whole(s) },
            r => Whole<HostCertificate>(r.Json) with { Version = r.Version }),
        new SettingKind<IdentityProvider, IdentityProviderRow>("identity_providers",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<IdentityProvider>(r.Json) with { Version = r.Version }),
        new SettingKind<WebCallSettings, WebCallRow>("web_calls",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<WebCallSettings>(r.Json) with { Version = r.Version }),
        new SettingKind<CallTypes, CallTypesRow>("call_types",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<CallTypes>(r.Json) with { Version = r.Version }),
        new SettingKind<ScriptCard, ScriptCardRow>("script_cards",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<ScriptCard>(r.Json) with { Version = r.Version }),
        new SettingKind<CtiSettings, CtiRow>("cti_settings",
            (s, v) => new() { Owner = s.Owner.Value, Id = s.Id, Version = v, Json = Whole(s) },
            r => Whole<CtiSettings>(r.Json) with { Version = r.Version }),
    }.ToFrozenDictionary(k => k.Setting);

    public static SettingKind Of(ISetting setting) => Of(setting.GetType());

    public static SettingKind Of(Type setting) =>
        All.TryGetValue(setting, out var kind) ? kind : throw new ArgumentException($"{setting.Name} is no kind of setting", nameof(setting));

    /// <summary>Host names are compared without regard to case (RFC 4343); they are stored in lower case.</summary>
    public static string Domain(string domain) => domain.ToLowerInvariant();

    private static string Whole<T>(T setting) => JsonSerializer.Serialize(setting, JsonSerializerOptions.Web);

    private static T Whole<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) ?? throw new JsonException($"no {typeof(T).Name}");

    private static string Json<T>(Items<T> items) => JsonSerializer.Serialize(items, JsonSerializerOptions.Web);

    private static Items<T> From<T>(string json) => JsonSerializer.Deserialize<Items<T>>(json, JsonSerializerOptions.Web);
}
