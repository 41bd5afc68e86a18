using Binding = CallCenter.Contracts.Agents.Binding;

namespace CallCenter.Edge.Calls;

/// <summary>Which of a phone's contacts is called.</summary>
static class PhoneContacts
{
    /// <summary>The contact with the highest q, of these the one registered last (RFC 3261 §10.2.1.2); null if none is left.</summary>
    /// <param name="at">Only what is registered at this edge; null = anywhere.</param>
    public static Binding? Best(Registrations registrations, DateTimeOffset now, EdgeId? at = null)
    {
        Binding? best = null;
        foreach (var binding in registrations.Bindings)
            if (binding.Expires > now && (at is null || binding.Edge == at) && (best is null || binding.Q > best.Q || (binding.Q == best.Q && binding.Expires > best.Expires))) best = binding;
        return best;
    }
}
