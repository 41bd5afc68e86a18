using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as data: which method, with which arguments.</summary>
public interface IInvokable
{
    int GetArgumentCount();
    object? GetArgument(int index);
    void SetArgument(int index, object? value);
    string GetMethodName();
    string GetInterfaceName();
    MethodInfo GetMethod();
    Type GetInterfaceType();
}
