using System.Text;
using CallCenter.Contracts.Edges;
using CallCenter.Storage.Edges;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Edges;

public sealed class DialogFileTests : IDisposable
{
    private static readonly EdgeId Edge = new("edge-0");
    private readonly DataFolder folder = DataFolder.Migrated();

    public void Dispose() => folder.Dispose();

    private IDialogBook Open() =>
        new DialogFiles(folder.Path, new TenantCipher(new(new SqliteTenantKeys(folder.Path), MasterKey.Read(folder.Options))), NullLogger<DialogFiles>.Instance).Open(Edge);

    private string FilePath => Path.Combine(folder.Path, "edge-0.dialogs");

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static List<string> Texts(IDialogBook book) => [.. book.Left.Select(k => $"{k.Owner} {Encoding.UTF8.GetString(k.Content.Span)}")];

    [Fact]
    public void What_was_kept_and_not_forgotten_is_there_at_the_next_start()
    {
        using (var book = Open())
        {
            book.Keep(0, Acme, Text("one"));
            var two = book.Keep(0, Globex, Text("a longer two"));
            var three = book.Keep(0, Acme, Text("three"));
            book.Keep(two, Globex, Text("two"));
            book.Forget(three);
        }
        using var next = Open();
        Assert.Equal(["acme one", "globex two"], Texts(next));
    }

    [Fact]
    public void What_was_left_stays_until_it_is_forgotten_however_many_starts_it_takes()
    {
        using (var book = Open()) book.Keep(0, Acme, Text("one"));
        using (var book = Open())
        {
            Assert.Single(book.Left);
            book.Keep(0, Acme, Text("two"));
        }
        using (var book = Open())
        {
            Assert.Equal(["acme one", "acme two"], Texts(book));
            foreach (var kept in book.Left) book.Forget(kept.Ticket);
        }
        using var last = Open();
        Assert.Empty(last.Left);
    }

    [Fact]
    public void Slots_are_used_again_so_that_the_file_grows_no_longer_than_the_most_at_once()
    {
        using var book = Open();
        for (var i = 0; i < 1000; i++) book.Forget(book.Keep(0, Acme, Text($"call {i}")));
        Assert.InRange(new FileInfo(FilePath).Length, 1, 2 * DialogFile.SlotSize);
    }

    [Fact]
    public void Nothing_of_a_session_that_is_over_is_left_in_the_file_and_nothing_of_a_live_one_can_be_read()
    {
        using (var book = Open())
        {
            book.Keep(0, Acme, Text("sip:13800001234@localhost"));
            book.Forget(book.Keep(0, Acme, Text("sip:13800005678@localhost")));
        }
        var bytes = File.ReadAllBytes(FilePath);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("1380000"u8));
        Assert.False(bytes.AsSpan(2 * DialogFile.SlotSize).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_slot_that_was_written_half_is_dropped_and_used_again()
    {
        using (var book = Open())
        {
            book.Keep(0, Acme, Text("one"));
            book.Keep(0, Acme, Text("two"));
        }
        using (var file = File.OpenWrite(FilePath))
        {
            file.Position = DialogFile.SlotSize + 20;
            file.Write("torn"u8);
        }
        using (var book = Open())
        {
            Assert.Equal(["acme two"], Texts(book));
            Assert.Equal(1, book.Keep(0, Acme, Text("three")));
        }
        using var next = Open();
        Assert.Equal(["acme three", "acme two"], Texts(next));
    }

    [Fact]
    public void What_does_not_fit_is_not_kept()
    {
        using var book = Open();
        Assert.Equal(0, book.Keep(0, Acme, new byte[DialogFile.SlotSize]));
        var ticket = book.Keep(0, Acme, Text("short"));
        Assert.Equal(0, book.Keep(ticket, Acme, new byte[DialogFile.SlotSize])); // and what it replaced is not true any more
        book.Forget(0);
        book.Dispose();
        using var next = Open();
        Assert.Empty(next.Left);
    }

    [Fact]
    public void The_next_start_knows_when_this_one_was_last_alive()
    {
        using (var book = Open())
        {
            Assert.Null(book.LastAlive);
            book.Alive(At(1));
            book.Alive(At(2));
        }
        using var next = Open();
        Assert.Equal(At(2), next.LastAlive);
    }

    [Fact]
    public void One_edge_runs_once()
    {
        using var book = Open();
        Assert.Throws<IOException>(Open);
    }
}
