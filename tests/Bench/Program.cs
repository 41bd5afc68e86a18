using CallCenter.Bench;

switch (args)
{
    case ["relay", ..]:
        return MediaRelay.Run(args.AsSpan(1));
    case ["sip", ..]:
        return SipCalls.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine("bench relay [calls …] [--seconds n] [--gather µs] [--record] | sip [calls]");
        return 2;
}
