namespace Orleans.Runtime;

/// <summary>Base of what the grain runtime throws.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    public OrleansException() { }

    public OrleansException(string message) : base(message) { }

    public OrleansException(string message, Exception? innerException) : base(message, innerException) { }
}

/// <summary>The message was not taken in.</summary>
[GenerateSerializer]
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message) : base(message) { }
}

/// <summary>The silo is gone, or going, or went with the call in flight: it may have taken effect.</summary>
[GenerateSerializer]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException() : base("No silo runs the grain.") { }

    public SiloUnavailableException(string message) : base(message) { }
}

/// <summary>The observer was deleted, or nobody kept it alive.</summary>
[GenerateSerializer]
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId clientId) : base($"No client serves {clientId}: the observer was deleted or has been collected.") { }
}

/// <summary>The host cannot start as it is configured.</summary>
[GenerateSerializer]
public sealed class OrleansConfigurationException : Exception
{
    public OrleansConfigurationException(string message) : base(message) { }

    public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>A reminder could not be changed.</summary>
[GenerateSerializer]
public sealed class ReminderException(string message) : OrleansException(message);
