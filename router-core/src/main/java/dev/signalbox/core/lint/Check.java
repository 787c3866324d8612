package dev.signalbox.core.lint;

/** Looks for one kind of thing that does not do what it says. */
interface Check {

    /** Notes whatever it finds. */
    void look(Subject subject, Remarks remarks);
}
