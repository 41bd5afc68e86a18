using CallCenter.Bench;

switch (args)
{
    case ["runtime", ..]:
        return await RuntimeFigures.Run();
    case ["relay", ..]:
        return MediaRelay.Run(args.AsSpan(1));
    case ["srtp", ..]:
        return SrtpCost.Run();
    case ["dtls", ..]:
        return DtlsCost.Run(args.AsSpan(1));
    case ["sip", ..]:
        return SipCalls.Run(args.AsSpan(1));
    case ["codecs"]:
        return CodecCost.Run();
    case ["journal", .. var rest]:
        return await JournalFigures.Run(rest);
    case ["routing"]:
        return RoutingCost.Run();
    case ["stops", ..]:
        return MachineStops.Run(args.AsSpan(1));
    case ["tones", ..]:
        return ToneFigures.Run();
    default:
        Console.Error.WriteLine("bench runtime\nbench relay [calls …] [--seconds n] [--shards n] [--nice n] [--hogs n] [--record] [--srtp] [--conference | --monitored]\nbench srtp\nbench dtls [legs]\nbench codecs\nbench sip [calls]\nbench stops [seconds]\nbench tones\nbench routing\nbench journal [folder | connection string]");
        return 2;
}
