namespace System.IO.Hashing;

internal static class Placeholder;
