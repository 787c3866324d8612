package dev.signalbox.guard.budget;

import dev.signalbox.api.Usage;
import dev.signalbox.spi.AttemptReport;
import dev.signalbox.spi.Lease;
import dev.signalbox.spi.Ledger;
import dev.signalbox.spi.Ledger.Settlement;
import dev.signalbox.spi.PluginContext;
import dev.signalbox.spi.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One attempt: what is set aside for it, until what it took is booked. */
final class Booking implements Lease {

    private final Desk desk;
    private final Ledger ledger;
    private final Bill bill;
    private final List<Charge> charges;
    private boolean holding; // written before it is lent, by the thread that lends it

    /**
     * What is needed to book.
     *
     * @param awaited whether somebody waits for what is set aside for others
     */
    record Desk(PluginContext context, Alerts alerts, Bills bills, AtomicBoolean awaited) {}

    /** One for which nothing is set aside. */
    Booking(Desk desk, Ledger ledger, Bill bill, List<Charge> charges) {
        this.desk = desk;
        this.ledger = ledger;
        this.bill = bill;
        this.charges = charges;
    }

    /** The same, with everything set aside. */
    Booking holding() {
        holding = true;
        return this;
    }

    @Override
    public void undo() {
        if (holding) {
            charges.forEach(charge -> ledger.release(charge.account(), charge.amount()));
        }
    }

    /** What did not begin to answer cost nothing, unless the server says that it did. */
    @Override
    public void end(AttemptReport report) {
        Optional<Usage> usage = report.usage();
        usage.ifPresentOrElse(this::book, this::undo);
        if (desk.awaited().get() && desk.awaited().compareAndSet(true, false)) {
            desk.context().askAgain(); // the place it had may stay taken for a while yet
        }
    }

    private void book(Usage usage) {
        Cost cost = bill.tariff().cost(usage);
        Spending.Of line = bill.line(desk.bills().today());
        List<Ledger.Total> totals = ledger.book(
                settled(usage, cost),
                Spending.of(line, usage, cost.money(), bill.price().saved(usage)));
        for (int i = 0; i < totals.size(); i++) {
            desk.alerts().look(charges.get(i), totals.get(i).spent());
        }
    }

    private List<Settlement> settled(Usage usage, Cost cost) {
        List<Settlement> settled = new ArrayList<>(charges.size());
        charges.forEach(charge -> settled.add(charge.settled(holding, usage, cost)));
        return settled;
    }
}
