namespace CallCenter.Media.Tests.Dtmf;

/// <summary>
/// Speech without words: a pulse train of a man's, woman's or child's pitch through four resonances that glide from sound to sound, with hisses and pauses,
/// at 8 kHz. It has what deceives key detectors: strong, slowly moving peaks at every place of the band.
/// </summary>
sealed class Voice(Random chance)
{
    readonly double[] y1 = new double[4], y2 = new double[4];

    /// <param name="seconds">Of about −20 dBm0.</param>
    public double[] Say(double seconds)
    {
        var sound = new double[(int)(seconds * 8000)];
        for (var at = 0; at < sound.Length;)
        {
            var pitch = 80 * Math.Pow(5, chance.NextDouble()); // 80–400 Hz, for a phrase
            for (var sounds = chance.Next(3, 15); sounds > 0 && at < sound.Length; sounds--) at = Sound(sound, at, pitch * (0.8 + 0.4 * chance.NextDouble()));
            at += chance.Next(800, 6000);
        }
        var rms = Math.Sqrt(sound.Average(s => s * s));
        var gain = KeySound.Amplitude(-20) / Math.Sqrt(2) / rms;
        for (var i = 0; i < sound.Length; i++) sound[i] *= gain;
        return sound;
    }

    readonly double[] place = [500, 1500, 2500, 3400];

    int Sound(double[] into, int from, double pitch)
    {
        var length = chance.Next(400, 2400); // 50–300 ms
        var voiced = chance.Next(5) > 0;
        double[] goal = [Between(250, 950), Between(800, 2500), Between(2000, 3100), Between(3100, 3700)];
        double[] width = [Between(40, 110), Between(50, 130), Between(80, 200), Between(150, 300)];
        var glide = Between(0.001, 0.01);
        var phase = 0.0;
        var end = Math.Min(into.Length, from + length);
        for (var at = from; at < end; at++)
        {
            var loud = Math.Sin(Math.PI * (at - from + 0.5) / length);
            phase += pitch * (1 + 0.1 * Math.Sin(2 * Math.PI * 5 * at / 8000.0)) / 8000;
            var source = (chance.NextDouble() - 0.5) * (voiced ? 0.05 : 0.6);
            if (voiced && phase >= 1)
            {
                phase -= 1;
                source += 1;
            }
            for (var f = 0; f < 4; f++)
            {
                place[f] += (goal[f] - place[f]) * glide;
                into[at] += loud * Resonate(f, source, place[f], width[f]) * (f == 0 ? 1 : 0.6);
            }
        }
        return end;
    }

    double Resonate(int f, double x, double hz, double width)
    {
        var r = Math.Exp(-Math.PI * width / 8000);
        var y = x * (1 - r) + 2 * r * Math.Cos(2 * Math.PI * hz / 8000) * y1[f] - r * r * y2[f];
        (y2[f], y1[f]) = (y1[f], y);
        return y;
    }

    double Between(double low, double high) => low + (high - low) * chance.NextDouble();
}

/// <summary>Melodies and chords of one to four instruments in equal temperament, A = 440 Hz, at 8 kHz.</summary>
sealed class Band(Random chance)
{
    /// <param name="seconds">Of about −18 dBm0.</param>
    public double[] Play(double seconds)
    {
        var sound = new double[(int)(seconds * 8000)];
        for (var player = chance.Next(1, 5); player > 0; player--) Part(sound);
        var rms = Math.Sqrt(sound.Average(s => s * s));
        var gain = KeySound.Amplitude(-18) / Math.Sqrt(2) / Math.Max(rms, 1e-9);
        for (var i = 0; i < sound.Length; i++) sound[i] *= gain;
        return sound;
    }

    /// <summary>One instrument: how fast its overtones fall (a flute's faster than a trumpet's), whether its strings die away, its vibrato.</summary>
    void Part(double[] sound)
    {
        var fall = 0.8 + 1.2 * chance.NextDouble();
        var dies = chance.Next(2) == 0;
        var vibrato = chance.Next(2) * 0.004;
        var beat = chance.Next(800, 5000);
        var middle = chance.Next(48, 85);
        for (var at = 0; at < sound.Length; at += beat * chance.Next(1, 4) / 2)
        {
            if (chance.Next(6) == 0) continue;
            for (var note = chance.Next(1, 4); note > 0; note--) Note(sound, at, (int)(beat * (0.5 + chance.NextDouble() * 1.5)), middle + chance.Next(-10, 11), fall, dies, vibrato);
        }
    }

    static void Note(double[] sound, int from, int length, int midi, double fall, bool dies, double vibrato)
    {
        const int steps = 1024;
        var hz = 440 * Math.Pow(2, (midi - 69) / 12.0);
        Span<double> wave = stackalloc double[steps]; // one period with its overtones up to the end of the line's band
        for (var k = 1; k * hz < 3500 && k <= 12; k++)
            for (var i = 0; i < steps; i++) wave[i] += Math.Sin(2 * Math.PI * k * i / steps) / Math.Pow(k, fall);
        var phase = 0.0;
        for (var i = 0; i < length && from + i < sound.Length; i++)
        {
            phase += hz * (1 + vibrato * Math.Sin(2 * Math.PI * 5.5 * i / 8000)) / 8000;
            var loud = Math.Min(1, i / 80.0) * Math.Min(1, (length - i) / 160.0) * (dies ? Math.Exp(-i / 3000.0) : 1);
            sound[from + i] += loud * wave[(int)(phase * steps) % steps];
        }
    }
}
