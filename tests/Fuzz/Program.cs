using CallCenter.Fuzz;

switch (args)
{
    case ["media", ..]:
        return MediaFuzz.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine("fuzz media [--seed n] [--count n]");
        return 2;
}
