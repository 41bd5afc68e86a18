using Npgsql;

namespace CallCenter.Bench;

/// <summary>What a PostgreSQL server on this machine spends, and how many groups it was given.</summary>
internal sealed class PostgresCost(string address)
{
    /// <summary>Of all its processes, those that ended included as far as their parent has counted them.</summary>
    public static TimeSpan Cpu()
    {
        var ticks = 0L;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(process, "stat"));
            }
            catch (IOException)
            {
                continue; // it ended meanwhile
            }
            if (!stat.Contains("(postgres)", StringComparison.Ordinal)) continue;
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            ticks += long.Parse(fields[11], System.Globalization.CultureInfo.InvariantCulture) + long.Parse(fields[12], System.Globalization.CultureInfo.InvariantCulture);
        }
        return TimeSpan.FromMilliseconds(ticks * 10); // user and system time, in hundredths of a second
    }

    public long Groups()
    {
        using var connection = new NpgsqlConnection(address);
        connection.Open();
        using var command = new NpgsqlCommand("select last_value from callcenter.entry_stamps", connection);
        return (long)command.ExecuteScalar()!;
    }
}
