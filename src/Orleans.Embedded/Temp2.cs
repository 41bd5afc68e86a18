namespace Orleans.Concurrency;
public sealed class AlwaysInterleaveAttribute : Attribute; public sealed class ReadOnlyAttribute : Attribute;
