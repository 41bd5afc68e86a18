using System.Collections;

namespace CallCenter.Domain.Routing;

/// <summary>
/// A sorted set that knows ranks: a treap whose nodes count what hangs below them. Add, remove and rank are O(log n) expected; the
/// heap priorities come from a fixed generator, so that equal histories build equal trees.
/// </summary>
internal sealed class RankedSet<T>(IComparer<T> order) : IEnumerable<T> where T : class
{
    private sealed class Node(T item, uint heap)
    {
        public readonly T Item = item;
        public readonly uint Heap = heap;
        public int Size = 1;
        public Node? Left, Right;
    }

    private Node? root;
    private uint random = 2463534242;

    public int Count => root?.Size ?? 0;

    public T? First
    {
        get
        {
            var node = root;
            while (node?.Left is { } left) node = left;
            return node?.Item;
        }
    }

    /// <summary>The first that has reached something which all behind it have reached too.</summary>
    public T? FirstWhere<TState>(TState state, Func<T, TState, bool> reached)
    {
        T? first = null;
        for (var node = root; node is not null;)
        {
            if (reached(node.Item, state)) (first, node) = (node.Item, node.Left);
            else node = node.Right;
        }
        return first;
    }

    /// <summary>All in order. Nothing may change meanwhile.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        var above = new Stack<Node>();
        for (var node = root; node is not null || above.Count > 0; node = node.Right)
        {
            for (; node is not null; node = node.Left) above.Push(node);
            node = above.Pop();
            yield return node.Item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Add(T item)
    {
        var (less, more) = Split(root, item);
        root = Merge(Merge(less, new(item, Next())), more);
    }

    /// <summary>False if it was not there. What decides the order must not have changed since it was added.</summary>
    public bool Remove(T item) => Remove(ref root, item);

    /// <summary>How many stand before the item, itself in the set or not.</summary>
    public int Before(T item)
    {
        var before = 0;
        for (var node = root; node is not null;)
        {
            if (order.Compare(node.Item, item) >= 0)
            {
                node = node.Left;
                continue;
            }
            before += 1 + (node.Left?.Size ?? 0);
            node = node.Right;
        }
        return before;
    }

    private bool Remove(ref Node? node, T item)
    {
        if (node is null) return false;
        var side = order.Compare(item, node.Item);
        if (side == 0)
        {
            node = Merge(node.Left, node.Right);
            return true;
        }
        if (!(side < 0 ? Remove(ref node.Left, item) : Remove(ref node.Right, item))) return false;
        node.Size--;
        return true;
    }

    /// <summary>All before the item, and the rest.</summary>
    private (Node? Less, Node? More) Split(Node? node, T item)
    {
        if (node is null) return (null, null);
        if (order.Compare(node.Item, item) < 0)
        {
            (node.Right, var more) = Split(node.Right, item);
            Recount(node);
            return (node, more);
        }
        (var less, node.Left) = Split(node.Left, item);
        Recount(node);
        return (less, node);
    }

    private static Node? Merge(Node? less, Node? more)
    {
        if (less is null) return more;
        if (more is null) return less;
        if (less.Heap > more.Heap)
        {
            less.Right = Merge(less.Right, more);
            Recount(less);
            return less;
        }
        more.Left = Merge(less, more.Left);
        Recount(more);
        return more;
    }

    private static void Recount(Node node) => node.Size = 1 + (node.Left?.Size ?? 0) + (node.Right?.Size ?? 0);

    /// <summary>Xorshift (Marsaglia 2003).</summary>
    private uint Next()
    {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        return random;
    }
}
