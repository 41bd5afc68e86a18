namespace CallCenter.Storage;

/// <summary>A database that this program must not touch; its text is for the operator.</summary>
public sealed class SchemaException(string text) : Exception(text);
