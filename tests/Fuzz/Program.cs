using CallCenter.Fuzz;

switch (args)
{
    case ["sip", .. var rest]:
        return SipFuzz.Run(rest);
    case ["media", ..]:
        return MediaFuzz.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine("fuzz sip|media [--seed n] [--count n] [--seconds n of media]");
        return 2;
}
