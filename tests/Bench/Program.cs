using CallCenter.Bench;

switch (args)
{
    case ["relay", ..]:
        return MediaRelay.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine("bench relay [calls …] [--seconds n] [--record]");
        return 2;
}
