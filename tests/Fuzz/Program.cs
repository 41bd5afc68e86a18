using CallCenter.Fuzz;

<<<<<<< HEAD
return args switch
{
    ["sip", .. var rest] => SipFuzz.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("fuzz sip [--seed n] [--count n]");
    return 2;
=======
switch (args)
{
    case ["media", ..]:
        return MediaFuzz.Run(args.AsSpan(1));
    default:
        Console.Error.WriteLine("fuzz media [--seed n] [--count n]");
        return 2;
>>>>>>> media
}
