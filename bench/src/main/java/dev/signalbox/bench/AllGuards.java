package dev.signalbox.bench;

/**
 * Guards as an operator says them who has a use for each; that is all the bench knows of them.
 *
 * <p>The memory of the machine is counted: each of the four models has its place, and each request is planned with what its
 * prompt and its answer take beyond that. Nothing is ever loaded or unloaded, since the mock upstream speaks OpenAI's API,
 * which has no word for it; what a swap costs is not the router's time but the server's.
 */
final class AllGuards {

    /** Those that are at work unless somebody says otherwise, switched off. */
    static final String NONE = """
            guards:
              memory: { action: off }
              health: { action: off }
            """;

    /** All of them, with memory and budgets for everybody that are never used up, and the ledger that comes with the distribution. */
    static final String ALL = """
            guards:
              memory: { action: exclude, hosts: { localhost: { memory: 16TiB } } }
              health: { action: exclude, slower: 4 }
              loop: { action: refuse, max-calls: 200 }
              context: { action: exclude }
              budget:
                prices: { "up/*": { input: 3, output: 15 } }
                budgets:
                  - { money: 900000000 }
                  - { target: "*", money: 900000000 }
                  - { caller: "*", tokens: 900000000000000, per: day }
            """;

    private AllGuards() {}
}
