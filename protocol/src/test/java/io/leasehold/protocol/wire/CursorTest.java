package io.leasehold.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CursorTest {
    private static final byte[] BYTES = {
        (byte) 0x80, 0x01, 0x02, 0x03, (byte) 0xff, 0x05, 0x06, 0x07, 0x08, 0x09
    };

    @Test
    void readsBigEndianAndUnsigned() {
        assertThat(new Cursor(BYTES).u8()).isEqualTo(0x80);
        assertThat(new Cursor(BYTES).u16()).isEqualTo(0x8001);
        assertThat(new Cursor(BYTES).u32()).isEqualTo(0x80010203);
        assertThat(new Cursor(BYTES).u64()).isEqualTo(0x80010203_ff050607L);
        assertThat(new Cursor(BYTES).address()).hasToString("128.1.2.3");
    }

    @Test
    void goesOnFromWhereItIs() {
        Cursor cursor = new Cursor(BYTES, 1, 8);
        cursor.skip(1);
        assertThat(cursor.position()).isEqualTo(2);
        assertThat(cursor.u16()).isEqualTo(0x0203);
        assertThat(cursor.bytes(2)).containsExactly(0xff, 5);
        assertThat(cursor.remaining()).isEqualTo(3);
        assertThat(cursor.rest()).containsExactly(6, 7, 8);
        assertThat(cursor.rest()).isEmpty();
        assertThat(cursor.overrun()).isFalse();
    }

    @Test
    void whatIsNotThereReadsAsZeroAndIsNoted() {
        assertThat(overrunning().u16()).isZero();
        assertThat(overrunning().u32()).isZero();
        assertThat(overrunning().address()).isSameAs(Ip4Address.ZERO);
        assertThat(overrunning().bytes(2)).isEmpty();
        assertThat(new Cursor(BYTES, 0, 7).u64()).isZero();
        Cursor long7 = new Cursor(BYTES, 0, 7);
        long7.u64();
        assertThat(long7.overrun()).isTrue();
    }

    @Test
    void afterAnOverrunNothingIsReadAnyMore() {
        Cursor cursor = new Cursor(BYTES, 0, 3);
        cursor.u32();
        assertThat(cursor.overrun()).isTrue();
        assertThat(cursor.u8()).isZero();
        assertThat(cursor.remaining()).isZero();
        assertThat(cursor.rest()).isEmpty();
    }

    @Test
    void aNegativeCountIsAnOverrun() {
        Cursor cursor = new Cursor(BYTES);
        cursor.skip(-1);
        assertThat(cursor.overrun()).isTrue();
        assertThat(cursor.position()).isEqualTo(BYTES.length);
    }

    @Test
    void neverLeavesItsRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(BYTES, 5, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(BYTES, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(BYTES, 0, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cursor(BYTES, 11, Integer.MAX_VALUE));
        assertThat(new Cursor(BYTES, 10, 0).remaining()).isZero();
    }

    /** One byte is left. */
    private static Cursor overrunning() {
        return new Cursor(BYTES, 4, 1);
    }
}
