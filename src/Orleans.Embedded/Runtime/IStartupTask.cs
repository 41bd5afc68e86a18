namespace Orleans.Runtime;

/// <summary>Runs when the silo has started; its failure stops the host.</summary>
public interface IStartupTask
{
    Task Execute(CancellationToken cancellationToken);
}
