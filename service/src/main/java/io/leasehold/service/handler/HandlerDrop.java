package io.leasehold.service.handler;

import io.leasehold.protocol.role.DropReason;

/** Why a handler's service sends nothing. */
enum HandlerDrop implements DropReason {
    SILENCE("silence", "the handler answers nothing"),
    FAULT("fault", "the handler threw"),
    ENDED("ended", "the service ends");

    private final String label;
    private final String text;

    HandlerDrop(String label, String text) {
        this.label = label;
        this.text = text;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String text() {
        return text;
    }
}
