using System.Diagnostics;
using System.Globalization;
using System.Text;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Fuzz;

/// <summary>Throws mutated messages at the parser and at a whole user agent: nothing may escape, what parses must parse again to the same, and in the end nothing is left.</summary>
static class SipFuzz
{
    public static int Run(string[] args)
    {
        var seed = Option(args, "--seed", 1);
        var count = Option(args, "--count", 200_000);
        var watch = Stopwatch.StartNew();
        using var target = new SipFuzzTarget();
        var seeds = SipSeeds.All();
        var random = new Random(seed);
        var mutator = new SipMutator(seed);
        var (startLines, parsed) = (0, 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++)
        {
            target.KeepCallsUp();
            var other = seeds[random.Next(seeds.Count)];
            var message = mutator.Mutate(target.Dress(random.Next(3) > 0 ? SipSeeds.InDialog[random.Next(SipSeeds.InDialog.Length)] : other, random), other);
            if (Check(message, ref startLines)) parsed++;
            target.Receive(message);
        }
        target.Finish();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} messages, seed {seed}: {100.0 * startLines / count:0.0} % pass the start line, {100.0 * parsed / count:0.0} % parse, {100.0 * target.ReachedDialog / count:0.0} % reach a dialog; "
            + $"{target.Faults.Count} faults, {target.Left} left behind, {grown / 1024} kB grown, {watch.Elapsed.TotalSeconds:0.0} s"));
        foreach (var fault in target.Faults.Take(3)) Console.Error.WriteLine(fault);
        return target.Faults.Count == 0 && target.Left == 0 && startLines >= 0.4 * count && target.ReachedDialog >= 0.1 * count ? 0 : 1;
    }

    static int Option(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }

    /// <summary>True where it parses. A message that does must come out of its own bytes again, and an answer to it must parse too.</summary>
    static bool Check(byte[] bytes, ref int startLines)
    {
        if (!SipParser.TryParse(bytes, out var message, out var fault))
        {
            if (fault.Kind is not (SipFaultKind.NotSip or SipFaultKind.KeepAlive or SipFaultKind.BadStartLine)) startLines++;
            if (fault.Request is { } broken) SipWriter.Response(broken, fault.Status, "t"u8, fault.Reason).Finish();
            return false;
        }
        startLines++;
        Require(SipParser.TryParse(message.Raw, out var again, out _) && again.HeaderCount == message.HeaderCount && again.Body.Span.SequenceEqual(message.Body.Span), "no round trip", bytes);
        for (var i = 0; i < message.HeaderCount; i++)
            Require(again!.NameAt(i) == message.NameAt(i) && again.ValueAt(i).Span.SequenceEqual(message.ValueAt(i).Span), "a header changed", bytes);
        if (message is not SipRequest request) return true;
        request.Uri.Matches(request.To.Uri);
        Require(SipParser.TryParse(SipWriter.Response(request, 200, "t"u8).Finish(), out _, out var answerFault), $"an answer does not parse: {answerFault}", bytes);
        return true;
    }

    static void Require(bool holds, string what, byte[] bytes)
    {
        if (!holds) throw new InvalidOperationException($"{what}:\n{Encoding.UTF8.GetString(bytes)}");
    }
}
