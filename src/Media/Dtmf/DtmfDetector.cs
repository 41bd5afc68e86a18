using CallCenter.Media.Codecs;

namespace CallCenter.Media.Dtmf;

/// <summary>A key as it was heard.</summary>
/// <param name="Since">Sample from which on it may be heard: early rather than late.</param>
/// <param name="From">Sample at which its tones began, within some ms.</param>
/// <param name="To">Sample after which they ended, within some ms.</param>
readonly record struct HeardKey(byte Code, long Since, long From, long To);

/// <summary>
/// Finds keys in 8 kHz audio (ITU-T Q.24): tones of 40 ms or more within 1.5 % + 2 Hz of their frequencies are keys, those below 23 ms or off by 3.5 %
/// are none; a pause of 40 ms parts two keys, one of 10 ms does not. What guards against speech is that both
/// tones keep their frequencies, measured by the turn of their phases, over six windows in a row, hold three quarters of all power, and have no
/// overtones. Lost audio says nothing: a key may go on behind it, and what is left of one between holes need not be long.
/// </summary>
sealed class DtmfDetector
{
    /// <summary>Windows at which both frequencies were right; the first of a row has none to compare with. Six windows span 40 ms.</summary>
    const int Enough = 5;

    /// <summary>Where audio was lost within the key: so many windows, and of them so many with frequencies.</summary>
    const int EnoughSeen = 4, EnoughSteady = 2;

    /// <summary>Windows in a row with the frequencies of another key: that is no garbled sound of this one.</summary>
    const int EnoughRival = 3;

    /// <summary>The same where so many samples were lost right before, within or right behind it: 60 ms, in which most of a key may have gone. One packet of 20 ms has two windows.</summary>
    const int SeenBetweenHoles = 2, SteadyBetweenHoles = 1, Unheard = 60 * Audio.SamplesPerMs;

    /// <summary>Windows in a row without the key that end it. A pause of 40 ms leaves five quite empty; one of 10 ms touches three at their middle.</summary>
    const int Misses = 4;

    /// <summary>Samples of silence that the sender did not send, which end a key: 30 ms.</summary>
    const int Pause = 30 * Audio.SamplesPerMs;

    /// <summary>Pure windows of a key that begins where sound may be garbled, and may be garbled after them: three and the one that they are compared with span 30 ms.</summary>
    const int PureInDoubt = 3;

    /// <summary>Pure windows of a whole key of a codec that <see cref="Predicts"/>.</summary>
    const int PureOfPredicted = 2;

    /// <summary>Of all power, what is left of a key between holes has so much in its two tones (SNR 12.8 dB): chords are not as pure.</summary>
    const double ShareBetweenHoles = 0.95;

    /// <summary>Of all power, with the filters' loss made good, the two tones have so much before a key is believed (SNR 4.8 dB): what is held may be talked over.</summary>
    const double Share = 0.75;

    /// <summary>Where the key's power is gone by 15 dB it is over.</summary>
    const double Gone = 0.03;

    /// <summary>Most samples at a time.</summary>
    public const int Piece = Audio.FrameSamples;

    /// <summary>Of what the differences of an adaptive codec (<see cref="G722Decoder.Differences"/>) have in all, so much in two tones is pure there: the codes are coarse.</summary>
    const double PureDifferences = 0.85;

    /// <summary>What is softer than this (mean square, −64 dBm0) is silence, whatever its codes look like.</summary>
    const double Silent = 100;

    readonly float[] samples = new float[ToneBank.Window + Piece], differences = new float[ToneBank.Window + Piece];
    ToneTrail sound = new(), added = new();
    int held, shown, steady, pure, missed, rival;
    bool broken, doubted, isKey, told;
    byte code = ToneBank.None;
    long first, last;

    /// <summary>Where the last hole ended, how much was lost in it, up to where what follows may be garbled, and how much is unheard around the present candidate.</summary>
    long holeEnd = -1, hole, doubtEnd = -1, lost;

    /// <summary>Of the present candidate.</summary>
    double power;

    /// <summary>Samples so far, lost ones included.</summary>
    public long Position { get; private set; }

    /// <summary>A key is pressed: now, or up to 20 ms ago.</summary>
    public bool HearsKey => isKey;

    /// <summary>It may be the beginning of a key: two tones with the right frequencies.</summary>
    public bool Suspects => code != ToneBank.None && (isKey || steady > 0);

    /// <summary>What is heard comes from an adaptive codec, which may waver within a tone: what is as loud as the key and no other one ends it half as fast.</summary>
    public bool Wavers { get; set; }

    /// <summary>What is heard comes from a codec that predicts pitch, which plays a chord purer than it is and goes on with it behind a hole: more of a key must be pure.</summary>
    public bool Predicts { get; set; }

    /// <summary>The sample from which on it is heard or suspected, early rather than late: the window before may have had a little of it.</summary>
    public long Since => Math.Max(0, first - ToneBank.Window / 2);

    /// <summary>Takes up to <see cref="Piece"/> samples on the 16-bit scale. True: a key ended.</summary>
    /// <param name="moreDifferences">What an adaptive codec's codes say by themselves of the same samples, if they do: it holds where the samples may be garbled.</param>
    public bool Take(ReadOnlySpan<float> more, out HeardKey ended, ReadOnlySpan<float> moreDifferences = default)
    {
        ended = default;
        var any = false;
        more.CopyTo(samples.AsSpan(held));
        differences.AsSpan(held, more.Length).Clear();
        moreDifferences.CopyTo(differences.AsSpan(held));
        held += more.Length;
        Position += more.Length;
        var at = 0;
        for (; held - at >= ToneBank.Window; at += ToneBank.Hop)
        {
            var place = Position - held + at;
            var now = Look(at, place);
            if (!Step(now, place)) continue;
            if (End(out var key)) (any, ended) = (true, key);
            Succeed(now.Glance, place);
        }
        samples.AsSpan(at, held - at).CopyTo(samples);
        differences.AsSpan(at, held - at).CopyTo(differences);
        held -= at;
        return any;
    }

    /// <summary>Whether a piece of audio by itself may be of a key: what comes too late for its place must be judged so.</summary>
    public static bool IsSuspect(ReadOnlySpan<float> piece)
    {
        for (; piece.Length >= ToneBank.Window; piece = piece[ToneBank.Hop..])
            if (ToneBank.Look(piece[..ToneBank.Window]) is { Code: not ToneBank.None, IsTwisted: false }) return true;
        return false;
    }

    /// <summary>So many samples never came.</summary>
    /// <param name="unheard">So many of them may have held anything; the rest was silence that the sender did not send.</param>
    /// <param name="garbled">So many samples behind them may be garbled: a key's tones may be of any levels there, and what is no key is neither for nor against one.</param>
    public void Lose(long count, long unheard, long garbled = 0)
    {
        hole = holeEnd == Position ? hole + unheard : unheard;
        Skip(count);
        (holeEnd, doubtEnd) = (Position, Position + garbled);
        lost += unheard;
        isKey |= IsLeftOver;
    }

    /// <summary>So many samples from here on may be garbled.</summary>
    public void Doubt(long garbled) => (hole, holeEnd, doubtEnd) = (0, Position, Position + garbled);

    void Skip(long count)
    {
        Position += count;
        held = 0;
        (sound, added) = (new(), new());
        broken = true;
    }

    /// <summary>So many samples were silence that was not sent. True: that ended a key.</summary>
    public bool Rest(long count, out HeardKey ended)
    {
        ended = default;
        Skip(count);
        return count >= Pause && Finish(out ended);
    }

    /// <summary>No more audio comes. True: that ended a key.</summary>
    public bool Finish(out HeardKey ended)
    {
        ended = default;
        if (isKey) return End(out ended);
        code = ToneBank.None;
        return false;
    }

    /// <summary>No audio has come for long. True: a key counts as over; should its tones go on after all, they are still that key's.</summary>
    public bool GiveUp(out HeardKey given)
    {
        given = Heard;
        return isKey && !told && (told = true);
    }

    /// <summary>What a window shows beside the one before.</summary>
    /// <param name="Follows">It shows the same key as that one.</param>
    /// <param name="IsRight">With the right frequencies.</param>
    /// <param name="IsPure">And hardly anything else.</param>
    readonly record struct Seen(ToneGlance Glance, bool Follows, bool IsRight, bool IsPure);

    Seen Look(int at, long place)
    {
        var glance = ToneBank.Look(samples.AsSpan(at, ToneBank.Window));
        var mayBeGarbled = place < doubtEnd;
        if (glance.IsTwisted && !mayBeGarbled) glance = ToneGlance.NoKey(glance.Power);
        var (follows, share) = sound.Follow(glance);
        var heard = new Seen(glance, follows, share >= Share, share >= ShareBetweenHoles);
        var bare = mayBeGarbled && glance.Power > Silent ? ToneBank.Look(differences.AsSpan(at, ToneBank.Window)) : ToneGlance.Nothing;
        return Correct(heard, bare);
    }

    /// <summary>Where the samples are garbled the bare differences tell which key it is, and where they are not, how pure.</summary>
    Seen Correct(in Seen heard, in ToneGlance bare)
    {
        var (follows, share) = added.Follow(bare);
        if (bare.Code == ToneBank.None) return heard;
        var isPure = share >= PureDifferences;
        if (heard.IsRight) return heard with { IsPure = heard.IsPure || isPure && heard.Glance.Code == bare.Code };
        return new(bare with { Power = heard.Glance.Power, IsTwisted = false }, follows, share >= Share, isPure);
    }

    /// <summary>True: the key is over.</summary>
    bool Step(in Seen seen, long at)
    {
        var now = seen.Glance;
        rival = seen.IsRight && now.Code != code ? rival + 1 : 0;
        if (now.Code != ToneBank.None && now.Code == code && (isKey || seen.IsRight || !seen.Follows)) Hit(seen, at);
        else if (IsGarbled(now, at)) lost += ToneBank.Hop;
        else if (isKey) return (missed += Wavers && now.Code == ToneBank.None && IsLoud(now) ? 1 : 2) >= 2 * Misses;
        else Begin(now, at);
        return false;
    }

    /// <summary>As loud as the key that is heard or suspected, and behind a hole: a silence is a silence there too.</summary>
    bool IsGarbled(in ToneGlance now, long at) => at < doubtEnd && Suspects && rival < EnoughRival && IsLoud(now);

    bool IsLoud(in ToneGlance now) => now.Power > power * Gone;

    void Hit(in Seen now, long at)
    {
        shown++;
        if (now.IsRight) steady++;
        if (now.IsPure) pure++;
        (last, missed, power) = (at, 0, now.Glance.Power);
        var isLong = steady >= Enough || broken && shown >= EnoughSeen && steady >= EnoughSteady;
        isKey |= isLong && pure >= (Predicts ? PureOfPredicted : 0) || doubted && pure >= PureInDoubt || IsLeftOver;
    }

    /// <summary>What came of it is a key's tones, and so much did not come that it may well have been one.</summary>
    bool IsLeftOver => code != ToneBank.None && lost >= Unheard && shown >= SeenBetweenHoles && pure >= SteadyBetweenHoles;

    void Begin(in ToneGlance now, long at)
    {
        (code, shown, steady, pure, missed, broken) = (now.Code, 1, 0, 0, 0, false);
        (first, last, doubted) = (at, at, at < doubtEnd);
        (lost, power) = (holeEnd >= 0 && at <= Math.Max(holeEnd, doubtEnd) ? hole + at - holeEnd : 0, now.Power);
    }

    /// <summary>What ended a key may be another one, of which some windows went by as misses of the first.</summary>
    void Succeed(in ToneGlance now, long at)
    {
        if (now.Code == ToneBank.None) return;
        Begin(now, at - rival * ToneBank.Hop);
        (shown, steady) = (rival + 1, rival);
    }

    /// <returns>True, unless it was told before.</returns>
    bool End(out HeardKey ended)
    {
        ended = Heard;
        var isNews = !told;
        (isKey, told, code) = (false, false, ToneBank.None);
        return isNews;
    }

    /// <summary>The first and the last window that show a tone are filled with it to three quarters.</summary>
    HeardKey Heard => new(code, Since, first + ToneBank.Window / 4, last + ToneBank.Window - ToneBank.Window / 4);
}
