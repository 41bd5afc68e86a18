using System.Globalization;
using CallCenter.Contracts.Agents;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using Kept = CallCenter.Contracts.Agents.Binding;

namespace CallCenter.Edge.Signalling;

/// <summary>The registrar's shell (RFC 3261 §10.3): who may, what is bound now, the rules, and the store. Lives on the loop.</summary>
sealed class Registration(EdgeCore edge, Doorkeeper door, RegistrarLimits limits)
{
    /// <summary>Two REGISTERs of one phone may overtake each other; so often is the newer state read again.</summary>
    const int Tries = 5;

    public async Task OnRegister(ServerTransaction transaction, SipRequest register, TenantId tenant, string realm)
    {
        var extension = register.To.Uri.UserText;
        if (!await door.Admits(transaction, register, tenant, realm, extension)) return;
        var station = edge.Grains.Station(tenant, extension);
        for (var i = 0; i < Tries; i++)
        {
            var stored = await station.Registrations();
            var step = Registrar.Apply(register, [.. stored.Bindings.Select(ToSip)], limits, edge.Now);
            if (step.Status == 200 && step.Changed && !await station.Save(new(stored.Version, ToStore(step, stored, register)))) continue;
            transaction.Respond(step.Status, Registrar.Complete(transaction.Answer(step.Status, step.Reason), step, limits, edge.Now).Finish());
            return;
        }
        transaction.Respond(500, "Too Many Registrations At Once");
    }

    static Sip.Dialogs.Binding ToSip(Kept kept) => new(kept.Contact, kept.CallId, kept.CSeq, kept.Expires, (int)MathF.Round(kept.Q * 1000));

    /// <summary>What this REGISTER did not touch keeps its flow; what it bound is reached where it came from.</summary>
    Items<Kept> ToStore(RegistrarStep step, Registrations before, SipRequest register)
    {
        var source = register.Source.Remote!.ToString();
        var product = register.Text(HeaderName.UserAgent);
        return step.Bindings.Select(b =>
        {
            foreach (var old in before.Bindings)
                if (old.Contact == b.Contact && old.CallId == b.CallId && old.CSeq == b.Number && old.Expires == b.ExpiresAt) return old;
            return new Kept(b.Contact, source, edge.Id, b.CallId, b.Number, b.ExpiresAt, b.Preference / 1000f, product[..Math.Min(product.Length, 128)], register.Source.Transport!.ViaName);
        }).ToItems();
    }
}
