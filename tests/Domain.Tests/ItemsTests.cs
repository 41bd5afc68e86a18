namespace CallCenter.Domain.Tests;

public class ItemsTests
{
    [Fact]
    public void Lists_are_equal_by_their_elements()
    {
        Items<int> a = [1, 2], b = [1, 2], c = [2, 1];
        Assert.True(a == b && a != c);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(default, (Items<int>)[]);
    }

    [Fact]
    public void Changes_leave_the_old_list_alone()
    {
        Items<int> a = [1, 2, 3];
        Assert.Equal([1, 3], a.Without(i => i == 2));
        Assert.Equal([1, 20, 3], a.Change(i => i == 2, i => i * 10));
        Assert.Equal([1, 2, 3, 4], a.Add(4));
        Assert.Equal([1, 2, 3], a);
    }

    [Fact]
    public void An_empty_list_has_nothing()
    {
        Items<int> none = default;
        Assert.True(none.IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => none[0]);
        Assert.Empty(none.AsEnumerable());
    }
}
