using CallCenter.Media;
using CallCenter.Media.Quality;

namespace CallCenter.Edge.Calls;

/// <summary>
/// How one leg sounded, from its first packet to its end. The course is kept here and told with the leg's end, which costs no message and no fact of
/// its own (docs/decisions); only a turn to the worse and back is told at once.
/// </summary>
/// <param name="length">Of a window.</param>
sealed class LegCourse(TimeSpan length)
{
    /// <summary>Below it a leg sounds badly: R 60, "nearly all users dissatisfied" below it (ITU-T G.109). It sounds well again from R 70 on, "some dissatisfied".</summary>
    public const double Poor = 3.1, Fair = 3.6;

    /// <summary>Half an hour of windows. More are made fewer by joining neighbours, so that a leg of a day tells no more than this.</summary>
    public const int MostStretches = 180;

    /// <summary>Turns to the worse that are told of a leg; one that turns more often is told enough.</summary>
    public const int MostTurns = 4;

    /// <summary>2 s of packets: a score of fewer is chance.</summary>
    const int LeastPackets = 100;

    /// <summary>It is long enough to mean something.</summary>
    public static bool Tells(in LegWindow window) => window.Packets + window.Lost >= LeastPackets;

    readonly List<Stretch> course = [];
    MediaInstant begun;
    int joined = 1, turns;
    double worst = double.MaxValue;
    Sum all;

    public bool SoundsPoor { get; private set; }

    /// <summary>A window is over. True: the leg began to sound badly, or well again, which is worth a word.</summary>
    public bool Add(in LegWindow window, MediaInstant end)
    {
        Count(window);
        if (course.Count == 0) begun = end + -length;
        var index = (int)Math.Max(0, Math.Round((end - begun) / length) - 1);
        Put(index, new(window));
        if (!Tells(window) || (SoundsPoor ? window.Mos < Fair : window.Mos >= Poor)) return false;
        SoundsPoor = !SoundsPoor;
        return (SoundsPoor ? ++turns : turns) <= MostTurns;
    }

    /// <summary>What to tell at the leg's end; null if nothing was heard.</summary>
    /// <param name="last">The window that the end cut short.</param>
    public LegQuality? Finish(LegWindow? last)
    {
        if (last is { } cut)
        {
            Count(cut);
            if (course.Count == 0 || Tells(cut)) course.Add(new(cut));
        }
        if (all.Packets == 0) return null;
        Shorten();
        return new(Round(all.Mos / all.Packets), Round(worst == double.MaxValue ? all.Mos / all.Packets : worst), Round(100 * all.Lost / all.Packets), Round(all.Jitter / all.Packets),
            all.TripWeight > 0 ? Round(all.Trip / all.TripWeight) : null, all.PeerWeight > 0 ? Round(all.Peer / all.PeerWeight) : null,
            new((int)length.TotalSeconds * joined, course.Select(s => Round(s.Mos)).ToItems(), course.Select(s => Round(s.Loss)).ToItems(), course.Select(s => Round(s.Jitter)).ToItems(), course.Select(s => Round(s.RoundTrip)).ToItems()));
    }

    void Count(in LegWindow w)
    {
        double packets = w.Packets + w.Lost;
        if (Tells(w)) worst = Math.Min(worst, w.Mos);
        all.Packets += packets;
        all.Lost += w.Lost;
        all.Mos += w.Mos * packets;
        all.Jitter += w.Jitter * packets;
        if (w.RoundTrip is { } trip) (all.Trip, all.TripWeight) = (all.Trip + trip * packets, all.TripWeight + packets);
        if (w.PeerMos is { } peer) (all.Peer, all.PeerWeight) = (all.Peer + peer * packets, all.PeerWeight + packets);
    }

    /// <summary>In its place: windows in which nothing came are not told, and stand as nothing.</summary>
    void Put(int index, in Stretch stretch)
    {
        var place = index / joined;
        while (course.Count < place) course.Add(default);
        if (place < course.Count) course[place] = Stretch.Joined(course[place], stretch);
        else course.Add(stretch);
        Shorten();
    }

    void Shorten()
    {
        while (course.Count > MostStretches)
        {
            joined *= 2;
            for (var i = 0; i < course.Count; i += 2) course[i / 2] = i + 1 < course.Count ? Stretch.Joined(course[i], course[i + 1]) : course[i];
            course.RemoveRange((course.Count + 1) / 2, course.Count / 2);
        }
    }

    /// <summary>Hundredths are more than anybody can hear.</summary>
    static double Round(double value) => Math.Round(value, 2);

    struct Sum
    {
        public double Packets, Lost, Mos, Jitter, Trip, TripWeight, Peer, PeerWeight;
    }

    readonly record struct Stretch(double Mos, double Loss, double Jitter, double RoundTrip)
    {
        public Stretch(in LegWindow w) : this(w.Mos, w.Loss, w.Jitter, w.RoundTrip ?? 0) { }

        /// <summary>The mean of two, or the one in which something came.</summary>
        public static Stretch Joined(in Stretch a, in Stretch b) =>
            a.Mos == 0 ? b : b.Mos == 0 ? a : new((a.Mos + b.Mos) / 2, (a.Loss + b.Loss) / 2, (a.Jitter + b.Jitter) / 2, (a.RoundTrip + b.RoundTrip) / 2);
    }
}
