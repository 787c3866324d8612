package dev.signalbox.core.room;

/** Who is asked first, best first. Whoever waits rises one class per {@link Visitor#maxOvertaken} waited. */
public enum Priority {
    FOREGROUND,
    NORMAL,
    BACKGROUND;

    /** The next better class; itself if there is none. */
    Priority risen() {
        return this == BACKGROUND ? NORMAL : FOREGROUND;
    }
}
