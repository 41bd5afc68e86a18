using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Media.Ice;
using CallCenter.Media.Stun;

namespace CallCenter.Media.Tests.Engine;

/// <summary>
/// The ICE of a full peer, before a leg that speaks none: it checks one side, over UDP or TCP, and passes on between both sides what is no STUN.
/// </summary>
sealed class IceFront : IDisposable
{
    readonly Socket back = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    readonly Socket front;
    readonly IPEndPoint checkedSide, passedSide;
    readonly SemaphoreSlim answers = new(0);
    readonly bool isStream;
    IceCredentials theirs;

    /// <param name="checkedSide">Of the leg that speaks ICE: its port, or its engine's door.</param>
    /// <param name="passedSide">The leg that does not.</param>
    public IceFront(IPEndPoint checkedSide, IPEndPoint passedSide, IceCredentials theirs, bool isStream = false)
    {
        (this.checkedSide, this.passedSide, this.theirs, this.isStream) = (checkedSide, passedSide, theirs, isStream);
        front = isStream ? new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true } : new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        front.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        back.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (isStream) front.Connect(checkedSide);
        Begin("front", FromFront);
        Begin("back", FromBack);
    }

    /// <summary>Nothing passes any more, in either direction.</summary>
    public bool IsCut
    {
        get => Volatile.Read(ref isCut);
        set => Volatile.Write(ref isCut, value);
    }

    bool isCut;

    /// <summary>Where the leg without ICE sends.</summary>
    public IPEndPoint Local => (IPEndPoint)back.LocalEndPoint!;

    public void Renew(IceCredentials credentials) => Volatile.Write(ref theirs, credentials);

    public void Throw(ReadOnlySpan<byte> packet)
    {
        if (!isStream)
        {
            front.SendTo(packet, checkedSide);
            return;
        }
        byte[] framed = [0, 0, .. packet];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)packet.Length);
        lock (back) front.Send(framed);
    }

    /// <summary>Checks until one is answered; the first may come before the leg listens.</summary>
    public async Task Check(bool nominates) => Assert.True(await IsAnswered(nominates, tries: 100), "no check was answered");

    public async Task<bool> IsAnswered(bool nominates, int tries)
    {
        for (var i = 0; i < tries; i++)
        {
            Throw(Request(nominates));
            if (await answers.WaitAsync(TimeSpan.FromMilliseconds(100))) return true;
        }
        return false;
    }

    byte[] Request(bool nominates)
    {
        var credentials = Volatile.Read(ref theirs);
        var buffer = new byte[300];
        var writer = new StunWriter(buffer, StunType.BindingRequest, RandomNumberGenerator.GetBytes(StunMessage.TransactionSize));
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes($"{credentials.Fragment}:peer"));
        writer.Add(StunAttribute.Priority, 100);
        writer.Add(StunAttribute.IceControlling, 1ul);
        if (nominates) writer.Add(StunAttribute.UseCandidate, []);
        writer.Sign(new(Encoding.ASCII.GetBytes(credentials.Password)));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    void FromFront()
    {
        var buffer = new byte[2048];
        while (true)
        {
            var packet = isStream ? ReadFramed(buffer) : buffer.AsSpan(0, front.Receive(buffer));
            if (StunMessage.IsMeant(packet)) answers.Release();
            else if (!IsCut) back.SendTo(packet, passedSide);
        }
    }

    Span<byte> ReadFramed(byte[] buffer)
    {
        ReadWhole(buffer.AsSpan(0, 2));
        var packet = buffer.AsSpan(0, BinaryPrimitives.ReadUInt16BigEndian(buffer));
        ReadWhole(packet);
        return packet;
    }

    void ReadWhole(Span<byte> room)
    {
        while (!room.IsEmpty)
        {
            var n = front.Receive(room);
            if (n == 0) throw new SocketException((int)SocketError.Shutdown);
            room = room[n..];
        }
    }

    void FromBack()
    {
        var buffer = new byte[2048];
        while (true)
        {
            var packet = buffer.AsSpan(0, back.Receive(buffer));
            if (!IsCut) Throw(packet);
        }
    }

    static void Begin(string name, Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            return; // the test is over, or the leg
        }
    }) { IsBackground = true, Name = name }.Start();

    public void Dispose()
    {
        front.Dispose();
        back.Dispose();
    }
}
