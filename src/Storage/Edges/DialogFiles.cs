using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Edges;

/// <summary>A file for each edge under <c>edges/</c>, on the machine on which the edge runs.</summary>
internal sealed class DialogFiles(string root, ITenantCipher cipher, ILogger<DialogFiles> log) : IDialogStore
{
    public IDialogBook Open(EdgeId edge)
    {
        Directory.CreateDirectory(root);
        return new DialogFile(Path.Combine(root, $"{edge}.dialogs"), cipher, log);
    }
}
