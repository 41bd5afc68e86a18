namespace CallCenter.Api.SignIn;

/// <summary>Why somebody does not come in; the sign-in page knows these words.</summary>
internal enum EntryFault
{
    None, TenantSuspended, AccountDisabled, AddressNotAllowed,
    /// <summary>The firm has no identity provider.</summary>
    OidcOff,
    OidcUnreachable,
    /// <summary>The provider itself said no.</summary>
    OidcRefused,
    /// <summary>It took too long, was begun in another browser, or was used.</summary>
    OidcExpired,
    /// <summary>What came back does not hold.</summary>
    OidcInvalid,
    /// <summary>Nobody here is whom the provider names.</summary>
    OidcUnknown,
    /// <summary>The account that the provider names belongs to another person there.</summary>
    OidcAnother,
    /// <summary>None of the groups gives a role.</summary>
    OidcNoRole,
}
