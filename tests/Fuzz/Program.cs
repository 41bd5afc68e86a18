using CallCenter.Fuzz;

return args switch
{
    ["sip", .. var rest] => SipFuzz.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("fuzz sip [--seed n] [--count n]");
    return 2;
}
