namespace CallCenter.Media.Transport;

/// <summary>A leg that outlives its calls: how one begins and ends, and how it comes to the loop of the next.</summary>
sealed partial class Leg
{
    /// <summary>A call begins for a leg that stood by: it is measured anew, and another's windows do not reach into it.</summary>
    public void Begin()
    {
        if (closed || audio is null) return;
        sound.Begin(MediaClock.Nanoseconds(), statistics, reports);
        Hearing.PassesDigits = true;
        Echo(false);
    }

    /// <summary>A call may begin: the party is sent silence from now on, so that its jitter buffer has settled when the talk begins.</summary>
    public void Prepare() => Output.IsSilentUntilSpokenTo = false;

    /// <summary>A call is over, and the leg stands by for the next: as <see cref="Close"/>, but its peer stays.</summary>
    public void Rest()
    {
        if (closed) return;
        room?.Remove(this);
        Output.StopPlay();
        Output.IsSilentUntilSpokenTo = true;
        Hearing.StopRecording(MediaClock.Nanoseconds());
    }

    /// <summary>The party hears itself, or no more; in a room it never does.</summary>
    public void Echo(bool on)
    {
        if (!closed && room is null) Hearing.IsHeardBy(on ? [this] : [], isMixed: false);
    }

    /// <summary>Is read and ticked by its loop from now on.</summary>
    public void Join() => Shard.Add(this, wire);

    /// <summary>The last of it.</summary>
    public void Quit() => Shard.Remove(this, wire);

    /// <summary>Goes on at another loop; on the thread of the one that it leaves, and in no room.</summary>
    public void Leave(MediaShard to)
    {
        if (!closed)
        {
            Rest();
            Shard.Detach(this, wire);
            Shard = to;
            Output.Move(to);
            Hearing.Move(to);
        }
        to.Receive(this);
    }

    /// <summary>On the thread of the loop that it comes to.</summary>
    public void Arrive()
    {
        Join();
        dtls?.Moved();
        var now = MediaClock.Nanoseconds();
        Read(control: false, now); // what came on the way woke nobody
        Read(control: true, now);
    }
}
