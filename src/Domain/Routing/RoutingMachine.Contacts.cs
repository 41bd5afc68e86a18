namespace CallCenter.Domain.Routing;

/// <summary>Contacts: waiting, reserved, held.</summary>
public sealed partial class RoutingMachine
{
    private void Waits(ContactWaits e)
    {
        var contact = Placed(e.Contact, e.Place, out var moved);
        if (contact.Phase == ContactPhase.Held || moved) Unreserve(contact); // a reservation outlives the watchdog's word: it ends by itself
        if (contact.Phase == ContactPhase.Waiting) Wake(contact, NextLook(contact));
        AskTerms(contact.Line);
    }

    private void Held(ContactHeld e)
    {
        var contact = Placed(e.Contact, e.Place, out _);
        TakeOut(contact);
        contact.Phase = ContactPhase.Held;
        contact.Agent = null;
        contact.Until = e.Until > now + LongestOffer ? now + LongestOffer : e.Until;
        Wake(contact, contact.Until > now ? contact.Until : now);
        AskTerms(contact.Line);
    }

    private void Left(ContactLeft e)
    {
        if (contacts.TryGetValue(e.Contact, out var contact)) Forget(contact);
    }

    private void Forget(WaitingContact contact)
    {
        Wake(contact, null);
        TakeOut(contact);
        contact.Line.All.Remove(contact);
        if (contact.Agent is { } agent && agent.Contact == contact) agent.Contact = null; // its word will come
        contact.Agent = null;
        contacts.Remove(contact.Contact);
    }

    /// <summary>The contact at this place: as known, moved, or new.</summary>
    private WaitingContact Placed(Contact id, Place place, out bool moved)
    {
        moved = true;
        if (contacts.TryGetValue(id, out var contact))
        {
            contact.Heard = now;
            if (contact.Place == place)
            {
                moved = false;
                return contact;
            }
            TakeOut(contact);
            contact.Line.All.Remove(contact);
            contact.Line = Line(new(id.Tenant, place.Queue));
            contact.Place = place;
        }
        else contacts[id] = contact = new(++serial, id, Line(new(id.Tenant, place.Queue)), place) { Heard = now, Phase = ContactPhase.Held };
        contact.Line.All.Add(contact);
        return contact;
    }

    /// <summary>Back to be served, in the same place; the longest idle agent who sees it is asked.</summary>
    private void Unreserve(WaitingContact contact)
    {
        contact.Phase = ContactPhase.Waiting;
        contact.Agent = null;
        PutIn(contact);
        Wake(contact, NextLook(contact));
        Serve(contact);
    }

    private void AskTerms(QueueLine line)
    {
        if (line.Terms is not null || now < line.AskedAt + AskAgain) return;
        line.AskedAt = now;
        effects.Add(new AskQueue(line.Queue));
    }

    private void TellPlace(PlaceAsked e)
    {
        if (contacts.TryGetValue(e.Contact, out var contact)) effects.Add(new TellPlace(e.Contact, contact.Line.All.Before(contact) + 1));
    }

    private void ContactDue(WaitingContact contact)
    {
        if (now >= contact.Heard + SilentContact && (contact.Phase == ContactPhase.Waiting || now >= contact.Until)) Forget(contact);
        else if (contact.Phase == ContactPhase.Waiting)
        {
            Wake(contact, NextLook(contact));
            Serve(contact);
        }
        else Unreserve(contact);
    }
}
