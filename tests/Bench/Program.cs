using CallCenter.Bench;

return args.FirstOrDefault() switch
{
    "runtime" => await RuntimeFigures.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench runtime");
    return 2;
}
