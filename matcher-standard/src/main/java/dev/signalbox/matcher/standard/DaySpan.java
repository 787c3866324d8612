package dev.signalbox.matcher.standard;

import java.time.LocalTime;

/**
 * A span of the day, in minutes since midnight.
 *
 * @param from the first minute in it
 * @param to the first minute after it, on the next day if that is not later; 1440 is midnight
 */
record DaySpan(int from, int to) {

    private static final int DAY = 24 * 60;

    /** Reads {@code 22:00-06:00}. */
    static DaySpan of(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException("it needs two times with a - between them");
        }
        DaySpan span = new DaySpan(minute(ends[0].strip()), minute(ends[1].strip()));
        if (span.from() == DAY || span.from() == span.to()) {
            throw new IllegalArgumentException("it is empty; all day is 00:00-24:00");
        }
        return span;
    }

    private static int minute(String text) {
        String[] parts = text.split(":", -1);
        boolean digits = parts.length == 2 && parts[0].matches("[0-9]{1,2}") && parts[1].matches("[0-9]{2}");
        int minute = digits ? 60 * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]) : -1;
        if (minute < 0 || minute > DAY || Integer.parseInt(parts[1]) > 59) {
            throw new IllegalArgumentException("\"%s\" is no time from 00:00 to 24:00".formatted(text));
        }
        return minute;
    }

    boolean holds(LocalTime time) {
        int now = 60 * time.getHour() + time.getMinute();
        return from < to ? from <= now && now < to : from <= now || now < to;
    }
}
