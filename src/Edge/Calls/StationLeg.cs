using System.Net;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using Binding = CallCenter.Contracts.Agents.Binding;

namespace CallCenter.Edge.Calls;

/// <summary>A leg by which an extension's phone is called. Lives on the loop.</summary>
sealed class StationLeg(EdgeCore edge, EdgeCall call, RingStation wish) : CalledLeg(edge, call, wish.Leg, wish.Station, wish.Until)
{
    protected override async Task<CallSetup?> Find()
    {
        var domain = Edge.Directory.DomainOf(Call.Name.Tenant); // both at once: each answer wakes the loop
        var found = await Edge.Grains.Station(Call.Name.Tenant, wish.Station).Registrations();
        if (await domain is not { } realm || Best(found) is not { } binding) return null;
        if (!SipUri.TryParse(binding.Contact, out var target) || !IPEndPoint.TryParse(binding.Source, out var source)) return null;
        var number = Call.CallerNumber;
        var from = number.Length > 0
            ? AddressText.NameAddr(Call.CallerName ?? "", AddressText.Uri(number, realm))
            : Anonymous;
        var to = AddressText.NameAddr("", AddressText.Uri(wish.Station, realm));
        return new(binding.Contact, from, to, FlowChoice.For(target, Edge.FlowTo(binding, source)), default);
    }

    /// <summary>The contact with the highest q, of these the one registered last (RFC 3261 §10.2.1.2).</summary>
    Binding? Best(Registrations registrations)
    {
        Binding? best = null;
        foreach (var binding in registrations.Bindings)
            if (binding.Expires > Edge.Now && (best is null || binding.Q > best.Q || (binding.Q == best.Q && binding.Expires > best.Expires))) best = binding;
        return best;
    }
}
