package io.leasehold.app.bench;

/**
 * From an address to the client that holds it: open addressing over two int arrays, since boxed
 * keys would cost more than the exchange that is measured. 0.0.0.0 cannot be a key.
 */
final class AddressMap {
    static final int NOBODY = -1;

    private static final int SLOTS_MIN = 1024;

    private int[] keys = new int[SLOTS_MIN];
    private int[] values = new int[SLOTS_MIN];
    private int size;

    int get(int address) {
        int at = find(address);
        return keys[at] == address && address != 0 ? values[at] : NOBODY;
    }

    void put(int address, int client) {
        if (address == 0) {
            throw new IllegalArgumentException("0.0.0.0 is no address that a client can hold");
        }
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = find(address);
        if (keys[at] == 0) {
            keys[at] = address;
            size++;
        }
        values[at] = client;
    }

    void remove(int address) {
        int hole = find(address);
        if (address == 0 || keys[hole] != address) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        // What follows in the same run moves up, so that no search stops short at the hole.
        for (int at = (hole + 1) & mask; keys[at] != 0; at = (at + 1) & mask) {
            int home = home(keys[at]);
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                keys[hole] = keys[at];
                values[hole] = values[at];
                hole = at;
            }
        }
        keys[hole] = 0;
    }

    int size() {
        return size;
    }

    private int find(int address) {
        int mask = keys.length - 1;
        int at = home(address);
        while (keys[at] != 0 && keys[at] != address) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(int address) {
        int mixed = address * 0x9e3779b9;
        return (mixed ^ mixed >>> 16) & (keys.length - 1);
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
