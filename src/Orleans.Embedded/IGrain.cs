using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain's interfaces derive from, by way of one of the key interfaces.</summary>
public interface IGrain : IAddressable;

public interface IGrainWithStringKey : IGrain;

public interface IGrainWithGuidKey : IGrain;

public interface IGrainWithIntegerKey : IGrain;

public interface IGrainWithGuidCompoundKey : IGrain;

public interface IGrainWithIntegerCompoundKey : IGrain;

/// <summary>An object outside the grains that grains may call through a reference.</summary>
public interface IGrainObserver : IAddressable;
