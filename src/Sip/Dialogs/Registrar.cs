using System.Globalization;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Dialogs;

/// <summary>The registrar's rules as a pure function (RFC 3261 §10.3, steps 6–8). Who may register what, and where bindings are kept, is the caller's.</summary>
public static class Registrar
{
    /// <summary>Applies a REGISTER to the bindings of its address of record. Either all of it happens or nothing.</summary>
    public static RegistrarStep Apply(SipRequest register, IReadOnlyList<Binding> current, RegistrarLimits limits, DateTimeOffset now)
    {
        var live = current.Where(b => b.ExpiresAt > now).ToList();
        if (!register.Has(HeaderName.Contact)) return new(200, null, live, Changed: false);
        if (!TryWishes(register, limits, out var wishes, out var everything)) return Refuse(live, 400, "Bad Contact");
        if (everything) return Clear(register, live);
        var shortest = wishes.FirstOrDefault(w => w.Seconds > 0 && w.Seconds < limits.Least.TotalSeconds);
        return shortest is null ? Merge(register, live, wishes, limits, now) : Refuse(live, 423, null);
    }

    /// <summary>Completes the answer: every binding with the seconds it has left (step 8), or Min-Expires (§20.23).</summary>
    public static SipWriter Complete(SipWriter answer, RegistrarStep step, RegistrarLimits limits, DateTimeOffset now)
    {
        if (step.Status == 423) return answer.Header(HeaderName.MinExpires, (long)limits.Least.TotalSeconds);
        if (step.Status != 200) return answer;
        foreach (var binding in step.Bindings)
        {
            var left = (long)Math.Ceiling((binding.ExpiresAt - now).TotalSeconds);
            var q = binding.Preference == 1000 ? "" : string.Create(CultureInfo.InvariantCulture, $";q={binding.Preference / 1000m:0.0##}");
            answer.Header(HeaderName.Contact, $"<{binding.Contact}>;expires={left.ToString(CultureInfo.InvariantCulture)}{q}");
        }
        return answer;
    }

    sealed record Wish(SipUri Uri, uint Seconds, int Preference);

    /// <summary>"*" stands alone and with Expires 0 (step 6).</summary>
    static bool TryWishes(SipRequest register, RegistrarLimits limits, out List<Wish> wishes, out bool everything)
    {
        wishes = [];
        everything = false;
        uint? expires = SipText.TrySeconds(register.Value(HeaderName.Expires).Span, out var seconds) ? seconds : null;
        foreach (var element in register.Elements(HeaderName.Contact))
        {
            if (everything) return false;
            if (element.Span.SequenceEqual("*"u8)) everything = true;
            else if (TryWish(element, expires ?? (uint)limits.Default.TotalSeconds, out var wish)) wishes.Add(wish!);
            else return false;
        }
        return everything ? wishes.Count == 0 && expires == 0 : wishes.Count > 0;
    }

    /// <summary>The contact's own expires comes before the header's. A malformed one counts as an hour (§20.10).</summary>
    static bool TryWish(ReadOnlyMemory<byte> element, uint fallback, out Wish? wish)
    {
        wish = null;
        if (!NameAddr.TryParse(element, out var contact) || !contact.Uri.IsSip) return false;
        var seconds = fallback;
        if (contact.TryParameter("expires"u8, out var own) && !SipText.TrySeconds(own, out seconds)) seconds = 3600;
        var preference = 1000;
        if (contact.TryParameter("q"u8, out var q) && !TryPreference(q, out preference)) return false;
        wish = new(contact.Uri, seconds, preference);
        return true;
    }

    /// <summary>qvalue: 0–1 with at most three decimals (§25.1).</summary>
    static bool TryPreference(ReadOnlySpan<byte> text, out int thousandths)
    {
        thousandths = 0;
        if (text.Length is 0 or > 5 || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 1) return false;
        thousandths = (int)(value * 1000);
        return true;
    }

    static RegistrarStep Clear(SipRequest register, List<Binding> live) =>
        live.Any(b => IsLate(register, b)) ? OutOfOrder(live) : new(200, null, [], Changed: live.Count > 0);

    static RegistrarStep Merge(SipRequest register, List<Binding> live, List<Wish> wishes, RegistrarLimits limits, DateTimeOffset now)
    {
        var merged = new List<Binding>(live);
        foreach (var wish in wishes)
        {
            var index = merged.FindIndex(b => b.Means(wish.Uri));
            if (index >= 0 && live.Contains(merged[index]) && IsLate(register, merged[index])) return OutOfOrder(live);
            if (index >= 0) merged.RemoveAt(index);
            if (wish.Seconds == 0) continue;
            var until = now + TimeSpan.FromSeconds(Math.Min(wish.Seconds, limits.Most.TotalSeconds));
            merged.Add(new(wish.Uri.ToString(), register.CallIdText, register.CSeq.Number, until, wish.Preference));
        }
        return merged.Count > limits.Bindings ? Refuse(live, 403, "Too Many Contacts") : new(200, null, merged, Changed: true);
    }

    /// <summary>The same Call-ID with a number not above the last: a request that was overtaken (step 7).</summary>
    static bool IsLate(SipRequest register, Binding binding) =>
        binding.CallId == Encoding.UTF8.GetString(register.CallId) && register.CSeq.Number <= binding.Number;

    static RegistrarStep OutOfOrder(List<Binding> live) => Refuse(live, 500, "CSeq Out Of Order");

    static RegistrarStep Refuse(List<Binding> live, int status, string? reason) => new(status, reason, live, Changed: false);
}
