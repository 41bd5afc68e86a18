global using CallCenter.Domain.Agents;
global using CallCenter.Domain.Calls;
global using CallCenter.Domain.Calls.Conversations;
global using CallCenter.Domain.Flows;
global using CallCenter.Domain.Numbers;
global using CallCenter.Domain.Queues;
global using CallCenter.Domain.Routing;
global using CallCenter.Domain.Tenants;
