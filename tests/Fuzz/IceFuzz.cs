using System.Buffers.Binary;
using System.Net;
using System.Text;
using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Ice;
using CallCenter.Media.Stun;
using CallCenter.Media.Transport;

namespace CallCenter.Fuzz;

/// <summary>Damaged STUN: what is read stays the same when it is written and read again, and a check is answered only if all that was signed is whole.</summary>
sealed class IceFuzz(ByteMutator mutator)
{
    /// <summary>Room for what a mutator makes of a message.</summary>
    const int Longest = 9000;

    /// <summary>With a fingerprint nearly every wound is seen at once; without it they go deeper.</summary>
    static readonly byte[][] samples = [.. StunSamples.All, WithoutFingerprint(StunSamples.Request), WithoutFingerprint(StunSamples.Answer6)];

    readonly IceAgent agent = new(new(StunSamples.Fragment, StunSamples.Password), IceTimers.Rfc);
    readonly byte[] answer = new byte[IceAgent.LongestAnswer], buffer = new byte[Longest];
    int port;

    public bool Message()
    {
        var bytes = mutator.Next(samples);
        if (port++ % 2 == 0) bytes = Fit(bytes);
        if (!StunMessage.TryRead(bytes, out var message)) return false;
        var writer = new StunWriter(buffer, message.Type, message.Transaction);
        var attributes = message.Attributes;
        while (attributes.TryNext(out var type, out var value)) writer.Add(type, value);
        MediaFuzz.Demand(StunMessage.TryRead(buffer.AsSpan(0, writer.Length), out var again), "STUN is refused when written again", bytes);
        var before = message.Attributes;
        var after = again.Attributes;
        while (before.TryNext(out var type, out var value))
            MediaFuzz.Demand(after.TryNext(out var sameType, out var sameValue) && type == sameType && value.SequenceEqual(sameValue), "STUN changes when read again", bytes);
        if (message.TryFind(StunAttribute.XorMappedAddress, out var mapped)) XorAddress.TryRead(mapped, message.Mask, out _);
        return true;
    }

    /// <summary>True if the damaged check was whole after all.</summary>
    public bool Check()
    {
        var sent = Make(out var signed);
        var damaged = mutator.Next([sent]);
        var from = new IcePath(PeerName.Of(new(IPAddress.Loopback, 1 + port++ % 1000)));
        var step = agent.Take(damaged, from, port, answer);
        var whole = damaged.Length >= signed && damaged.AsSpan(0, 2).SequenceEqual(sent.AsSpan(0, 2)) && damaged.AsSpan(4, signed - 4).SequenceEqual(sent.AsSpan(4, signed - 4)); // the length is not signed as it stands
        MediaFuzz.Demand(step.Answer == 0 || whole, "a damaged check is answered", damaged);
        MediaFuzz.Demand(agent.Take(sent, from, port, answer).Answer > 0, "a check is not answered after a damaged one", sent);
        return step.Answer > 0;
    }

    /// <summary>Whole words, and a header that says how many.</summary>
    static byte[] Fit(byte[] message)
    {
        if (message.Length < StunMessage.HeaderSize) return message;
        var fit = message[..^(message.Length % StunMessage.AttributeHeadSize)];
        BinaryPrimitives.WriteUInt16BigEndian(fit.AsSpan(StunMessage.LengthAt), (ushort)(fit.Length - StunMessage.HeaderSize));
        return fit;
    }

    static byte[] WithoutFingerprint(byte[] message)
    {
        var bare = message[..^(StunMessage.AttributeHeadSize + StunMessage.FingerprintSize)];
        bare[StunMessage.LengthAt + 1] = (byte)(bare.Length - StunMessage.HeaderSize);
        return bare;
    }

    byte[] Make(out int signed)
    {
        var room = new byte[200];
        var writer = new StunWriter(room, StunType.BindingRequest, BitConverter.GetBytes((Int128)port).AsSpan(0, StunMessage.TransactionSize));
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes(StunSamples.Fragment + ":h6vY"));
        writer.Add(StunAttribute.IceControlling, 1ul);
        writer.Add(StunAttribute.Priority, 100u);
        if (port % 2 == 0) writer.Add(StunAttribute.UseCandidate, []);
        writer.Sign(new(Encoding.ASCII.GetBytes(StunSamples.Password)));
        signed = writer.Length;
        writer.AddFingerprint();
        return room[..writer.Length];
    }
}
