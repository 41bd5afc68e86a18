using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace CallCenter.Kit.Product;

/// <summary>The public HTTP API as one signed-in user.</summary>
public sealed class ProductApi(HttpClient http, string token) : IDisposable
{
    public HttpClient Http => http;
    public string Token => token;

    public static async Task<ProductApi> SignIn(Uri address, string? tenant, string user, string password)
    {
        var http = new HttpClient { BaseAddress = address };
        using var answer = await http.PostAsJsonAsync("api/v1/session", new { tenant, user, password });
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(http, token);
    }

    public async Task<JsonElement> Get(string path) => await http.GetFromJsonAsync<JsonElement>($"api/v1/{path}");

    public async Task<HttpStatusCode> Status(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"api/v1/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Asks something of a call (or, with an empty path, begins one); fails unless it is taken in.</summary>
    public async Task<JsonElement> Call(string path, object? body = null)
    {
        using var answer = await http.PostAsJsonAsync($"api/v1/calls{path}", body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.Accepted) throw new HttpRequestException($"POST calls{path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Changes a resource; members left out keep their values.</summary>
    public async Task Put(string path, object members)
    {
        using var answer = await http.PutAsJsonAsync($"api/v1/{path}", members);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"PUT {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task SetPresence(string agent, string presence, string? reason = null)
    {
        var status = await Status(HttpMethod.Put, $"agents/{agent}/presence", new { presence, reason });
        if ((int)status >= 300) throw new HttpRequestException($"presence of {agent}: {(int)status}");
    }

    /// <summary>The finished record of the newest call of this caller's number. It must be there 1 s after the end, which a test of its own judges.</summary>
    public async Task<CallRecord> Record(string caller, double seconds = 10) => new(await Until(
        async () => (await Get($"calls?number={caller}")).GetProperty("items").EnumerateArray().FirstOrDefault(),
        call => call.ValueKind == JsonValueKind.Object && call.TryGetProperty("endedAt", out var ended) && ended.ValueKind == JsonValueKind.String,
        $"the record of the call from {caller}", TimeSpan.FromSeconds(seconds)));

    /// <summary>The only call of a caller, once the list has it: records are folded a moment after the facts.</summary>
    public async Task<string> CallOf(string caller, double seconds = 10)
    {
        var calls = await Until(async () => (await Get($"calls?number={caller}")).GetProperty("items"), items => items.GetArrayLength() == 1, $"the call from {caller} in the list", TimeSpan.FromSeconds(seconds));
        return calls[0].GetProperty("id").GetString()!;
    }

    /// <summary>The facts of a call, oldest first.</summary>
    public async Task<CallFacts> Facts(string call)
    {
        var answer = await Get($"calls/{call}/facts");
        return new([.. answer.GetProperty("items").EnumerateArray()]);
    }

    public async Task<byte[]> Recording(string id) => await http.GetByteArrayAsync(new Uri($"api/v1/recordings/{id}", UriKind.Relative));

    /// <summary>Asks again until the answer is right; fails with the last answer.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> right, string what, TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (right(answer)) return answer;
            if (Stopwatch.GetElapsedTime(started) > within) throw new TimeoutException($"waited {within.TotalSeconds} s for {what}; last: {answer}");
            await Task.Delay(25);
        }
    }

    public void Dispose() => http.Dispose();
}
