using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>How a call ended: with a result or with an exception.</summary>
public sealed class Response
{
    readonly object? result;

    Response(object? result, Exception? exception) => (this.result, Exception) = (result, exception);

    public static Response Completed { get; } = new(null, null);

    public Exception? Exception { get; }

    /// <summary>The result; throws the exception where there is one.</summary>
    public object? Result
    {
        get
        {
            if (Exception is not null) ExceptionDispatchInfo.Throw(Exception);
            return result;
        }
    }

    public static Response FromResult<TResult>(TResult value) => new(value, null);

    public static Response FromException(Exception exception) => new(null, exception);
}
